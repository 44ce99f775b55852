-- find
-- @p UniqueIdentifier, @p1 UniqueIdentifier
SELECT TOP(1) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @p AND [n].[Id] = @p1;

-- list
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[Sequence] <= @Value AND ([n].[Sequence] < @Value OR [n].[Id] < @Value3)
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list unread
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NULL
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list unread, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NULL AND [n].[Sequence] <= @Value AND ([n].[Sequence] < @Value OR [n].[Id] < @Value3)
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list read
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NOT NULL
ORDER BY [n].[Sequence] DESC, [n].[Id] DESC;

-- list read, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 UniqueIdentifier
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
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
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[Sequence] > @after
ORDER BY [n].[Sequence];

-- replay of what is unread
-- @p Int, @ownerId UniqueIdentifier, @after BigInt
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @ownerId AND [n].[ReadAt] IS NULL AND [n].[Sequence] > @after
ORDER BY [n].[Sequence];

-- trim
-- @keep Int, @ownerIds1 UniqueIdentifier
SELECT [u].[Id], (
    SELECT [n].[Sequence]
    FROM [Notifications] AS [n]
    WHERE [n].[OwnerId] = [u].[Id]
    ORDER BY [n].[Sequence] DESC
    OFFSET @keep ROWS FETCH NEXT 1 ROWS ONLY) AS [Last]
FROM [Users] AS [u]
WHERE [u].[DeletedAt] IS NULL AND [u].[Id] = @ownerIds1;

-- feed
-- @p Int, @position BigInt
SELECT TOP(@p) [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type]
FROM [Notifications] AS [n]
WHERE [n].[Sequence] > @position
ORDER BY [n].[Sequence];

-- alerts
-- @p Int, @now DateTimeOffset(3)
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence], CASE
    WHEN [u0].[EmailConfirmed] = CAST(1 AS bit) AND [u0].[NotifiedByEmail] = CAST(1 AS bit) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
FROM [Tasks] AS [t]
INNER JOIN (
    SELECT [u].[Id], [u].[EmailConfirmed], [u].[NotifiedByEmail]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL
) AS [u0] ON [t].[OwnerId] = [u0].[Id]
WHERE [t].[NextAlertAt] < @now
ORDER BY [t].[NextAlertAt];

-- lag
-- @now DateTimeOffset(3)
SELECT TOP(1) [t].[NextAlertAt]
FROM [Tasks] AS [t]
INNER JOIN (
    SELECT [u].[Id]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL
) AS [u0] ON [t].[OwnerId] = [u0].[Id]
WHERE [t].[NextAlertAt] < @now
ORDER BY [t].[NextAlertAt];

