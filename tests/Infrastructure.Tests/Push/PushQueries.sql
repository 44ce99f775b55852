-- find
-- @now DateTimeOffset(3), @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [d].[OwnerId], [d].[Id], [d].[Address], [d].[AddressHash], [d].[Auth], [d].[CreatedAt], [d].[LastSeenAt], [d].[Locale], [d].[P256dh], [d].[Platform], [d].[Preview], [d].[SessionId]
FROM [Devices] AS [d]
INNER JOIN [Sessions] AS [s] ON [d].[SessionId] = [s].[Id]
WHERE [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now AND [d].[OwnerId] = @ownerId AND [d].[Id] = @id;

-- list
-- @now DateTimeOffset(3), @ownerId UniqueIdentifier
SELECT [d].[OwnerId], [d].[Id], [d].[Address], [d].[AddressHash], [d].[Auth], [d].[CreatedAt], [d].[LastSeenAt], [d].[Locale], [d].[P256dh], [d].[Platform], [d].[Preview], [d].[SessionId]
FROM [Devices] AS [d]
INNER JOIN [Sessions] AS [s] ON [d].[SessionId] = [s].[Id]
WHERE [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now AND [d].[OwnerId] = @ownerId
ORDER BY [d].[LastSeenAt] DESC, [d].[Id];

-- messages of a notification
-- @now DateTimeOffset(3), @owners1 UniqueIdentifier
SELECT [d].[OwnerId], [d].[Id], (
    SELECT COUNT(*)
    FROM [PushDeliveries] AS [p]
    WHERE [p].[OwnerId] = [d].[OwnerId] AND [p].[DeviceId] = [d].[Id] AND [p].[SentAt] IS NULL AND [p].[Kind] = N'Notification') AS [Waiting]
FROM [Devices] AS [d]
INNER JOIN [Sessions] AS [s] ON [d].[SessionId] = [s].[Id]
INNER JOIN (
    SELECT [u].[Id], [u].[NotifiedByPush]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL
) AS [u0] ON [d].[OwnerId] = [u0].[Id]
WHERE [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now AND [d].[OwnerId] = @owners1 AND [u0].[NotifiedByPush] = CAST(1 AS bit);

-- claim
-- @p Int, @now DateTimeOffset(3)
SELECT TOP(@p) [p].[Id], [p].[Attempts], [p].[CreatedAt], [p].[DeviceId], [p].[Kind], [p].[MessageId], [p].[NextAttemptAt], [p].[OwnerId], [p].[SentAt]
FROM [PushDeliveries] AS [p]
WHERE [p].[SentAt] IS NULL AND [p].[NextAttemptAt] <= @now AND [p].[Kind] <> N'Dismissal'
ORDER BY [p].[NextAttemptAt];

-- @p Int, @now DateTimeOffset(3)
SELECT TOP(@p) [p].[Id], [p].[Attempts], [p].[CreatedAt], [p].[DeviceId], [p].[Kind], [p].[MessageId], [p].[NextAttemptAt], [p].[OwnerId], [p].[SentAt]
FROM [PushDeliveries] AS [p]
WHERE [p].[SentAt] IS NULL AND [p].[NextAttemptAt] <= @now
ORDER BY [p].[NextAttemptAt];

-- contents
-- @now DateTimeOffset(3), @ids1 UniqueIdentifier
SELECT [p].[Id], [s0].[OwnerId], [s0].[Id], [s0].[Address], [s0].[AddressHash], [s0].[Auth], [s0].[CreatedAt], [s0].[LastSeenAt], [s0].[Locale], [s0].[P256dh], [s0].[Platform], [s0].[Preview], [s0].[SessionId], [u0].[NotifiedByEmail], [u0].[NotifiedByPush], [u0].[QuietFrom], [u0].[QuietTo], [u0].[Locale], [u0].[TimeZone], [n].[OwnerId], [n].[Id], [n].[CreatedAt], [n].[DueAt], [n].[MailId], [n].[MinutesBefore], [n].[ReadAt], [n].[Sequence], [n].[SnoozedUntil], [n].[TaskId], [n].[Title], [n].[Type], CASE
    WHEN EXISTS (
        SELECT 1
        FROM [Tasks] AS [t]
        WHERE [t].[OwnerId] = [n].[OwnerId] AND [t].[Id] = [n].[TaskId] AND ([t].[DueAt] = [n].[DueAt] OR ([t].[DueAt] IS NULL AND [n].[DueAt] IS NULL)) AND [t].[DeletedAt] IS NULL AND [t].[Status] IN (0, 1)) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
FROM [PushDeliveries] AS [p]
INNER JOIN (
    SELECT [d].[OwnerId], [d].[Id], [d].[Address], [d].[AddressHash], [d].[Auth], [d].[CreatedAt], [d].[LastSeenAt], [d].[Locale], [d].[P256dh], [d].[Platform], [d].[Preview], [d].[SessionId]
    FROM [Devices] AS [d]
    INNER JOIN [Sessions] AS [s] ON [d].[SessionId] = [s].[Id]
    WHERE [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now
) AS [s0] ON [p].[OwnerId] = [s0].[OwnerId] AND [p].[DeviceId] = [s0].[Id]
INNER JOIN (
    SELECT [u].[Id], [u].[DisabledAt], [u].[Locale], [u].[NotifiedByEmail], [u].[NotifiedByPush], [u].[QuietFrom], [u].[QuietTo], [u].[TimeZone]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL
) AS [u0] ON [p].[OwnerId] = [u0].[Id]
LEFT JOIN [Notifications] AS [n] ON [p].[OwnerId] = [n].[OwnerId] AND [p].[MessageId] = [n].[Id]
WHERE [p].[Id] = @ids1 AND [u0].[DisabledAt] IS NULL;

