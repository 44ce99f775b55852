-- find
-- @p UniqueIdentifier, @p1 UniqueIdentifier
SELECT TOP(1) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @p AND [n].[Id] = @p1;

-- list
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[Sequence] <= @Value AND ([n].[Sequence] < @Value OR [n].[Id] < @Value3)
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list unread
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NULL
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list unread, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NULL AND [n].[Sequence] <= @Value AND ([n].[Sequence] < @Value OR [n].[Id] < @Value3)
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list read
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NOT NULL
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list read, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NOT NULL AND [n].[Sequence] <= @Value AND ([n].[Sequence] < @Value OR [n].[Id] < @Value3)
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- count unread
-- @ownerId UniqueIdentifier
SELECT COUNT(*)
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NULL;

-- read all
-- @p Int, @ownerId UniqueIdentifier, @now DateTimeOffset(3), @end BigInt
SELECT TOP(@p) [n].[Sequence]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NULL AND [n].[CreatedAt] <= @now AND [n].[Sequence] <= @end
ORDER BY [n].[Sequence];

-- place of the last event
-- @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [n].[Sequence]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[Id] = @id;

-- replay
-- @p Int, @ownerId UniqueIdentifier, @after BigInt
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[Sequence] > @after
ORDER BY [n].[Sequence];

-- replay of what is unread
-- @p Int, @ownerId UniqueIdentifier, @after BigInt
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NULL AND [n].[Sequence] > @after
ORDER BY [n].[Sequence];

-- feed
-- @p Int, @position BigInt
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[ReadAt], [n].[Sequence], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[Sequence] > @position
ORDER BY [n].[Sequence];

-- overdue
-- @p Int, @now DateTimeOffset(3)
SELECT TOP(@p) [t].[Id], [t].[OwnerId], [t].[Title], [t].[DueAt], CASE
    WHEN EXISTS (
        SELECT 1
        FROM [Notifications] AS [n]
        WHERE [n].[TaskId] = [t].[Id] AND [n].[DueAt] = [t].[DueAt]) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END, [u0].[EmailConfirmed], [u0].[NotifiedByEmail]
FROM [Tasks] AS [t]
INNER JOIN (
    SELECT [u].[Id], [u].[EmailConfirmed], [u].[NotifiedByEmail]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL
) AS [u0] ON [t].[OwnerId] = [u0].[Id]
WHERE [t].[UnsettledDueAt] < @now
ORDER BY [t].[UnsettledDueAt];

-- settle
-- @now DateTimeOffset(3)
UPDATE [t]
SET [t].[NotifiedDueAt] = [t].[UnsettledDueAt],
    [t].[UnsettledDueAt] = NULL
FROM [Tasks] AS [t]
WHERE [t].[UnsettledDueAt] < @now AND EXISTS (
    SELECT 1
    FROM [Notifications] AS [n]
    WHERE [n].[TaskId] = [t].[Id] AND [n].[DueAt] = [t].[UnsettledDueAt]);

