-- get
-- @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Id] = @id AND [t].[DeletedAt] IS NULL;

-- get for a change
-- @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Id] = @id AND ([t].[DeletedAt] IS NULL OR [t].[IsUntouched] = CAST(0 AS bit));

-- list createdAt
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[CreatedAt], [t].[CreatedVersion];

-- list createdAt, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value DateTimeOffset(3), @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[CreatedAt] >= @Value AND ([t].[CreatedAt] > @Value OR [t].[CreatedVersion] > @Value5)
ORDER BY [t].[CreatedAt], [t].[CreatedVersion];

-- list -createdAt
-- @count Int, @ownerId UniqueIdentifier
SELECT TOP(@count) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- list -createdAt, later page
-- @count Int, @ownerId UniqueIdentifier, @createdAt DateTimeOffset(3), @createdVersion BigInt
SELECT TOP(@count) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[CreatedAt] <= @createdAt AND ([t].[CreatedAt] < @createdAt OR [t].[CreatedVersion] < @createdVersion)
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- list updatedAt
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[Version], [t].[CreatedVersion];

-- list updatedAt, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[Version] >= @Value AND ([t].[Version] > @Value OR [t].[CreatedVersion] > @Value)
ORDER BY [t].[Version], [t].[CreatedVersion];

-- list -updatedAt
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[Version] DESC, [t].[CreatedVersion] DESC;

-- list -updatedAt, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[Version] <= @Value AND ([t].[Version] < @Value OR [t].[CreatedVersion] < @Value)
ORDER BY [t].[Version] DESC, [t].[CreatedVersion] DESC;

-- list dueAt
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueAt] IS NOT NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[DueAt], [t].[CreatedVersion];

-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[CreatedVersion];

-- list dueAt, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value DateTimeOffset(3), @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueAt] IS NOT NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[DueAt] >= @Value AND ([t].[DueAt] > @Value OR [t].[CreatedVersion] > @Value5)
ORDER BY [t].[DueAt], [t].[CreatedVersion];

-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[CreatedVersion];

-- list -dueAt
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueAt] IS NOT NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[DueAt] DESC, [t].[CreatedVersion] DESC;

-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[CreatedVersion] DESC;

-- list -dueAt, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value DateTimeOffset(3), @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueAt] IS NOT NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[DueAt] <= @Value AND ([t].[DueAt] < @Value OR [t].[CreatedVersion] < @Value5)
ORDER BY [t].[DueAt] DESC, [t].[CreatedVersion] DESC;

-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[CreatedVersion] DESC;

-- list priority
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[Priority], [t].[CreatedVersion];

-- list priority, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value Int, @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[Priority] >= @Value AND ([t].[Priority] > @Value OR [t].[CreatedVersion] > @Value5)
ORDER BY [t].[Priority], [t].[CreatedVersion];

-- list -priority
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[Priority] DESC, [t].[CreatedVersion] DESC;

-- list -priority, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value Int, @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[Priority] <= @Value AND ([t].[Priority] < @Value OR [t].[CreatedVersion] < @Value5)
ORDER BY [t].[Priority] DESC, [t].[CreatedVersion] DESC;

-- list title
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[TitleKey], [t].[CreatedVersion];

-- list title, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value NVarChar(200), @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[TitleKey] >= @Value AND ([t].[TitleKey] > @Value OR [t].[CreatedVersion] > @Value5)
ORDER BY [t].[TitleKey], [t].[CreatedVersion];

-- list -title
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[TitleKey] DESC, [t].[CreatedVersion] DESC;

-- list -title, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value NVarChar(200), @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[TitleKey] <= @Value AND ([t].[TitleKey] < @Value OR [t].[CreatedVersion] < @Value5)
ORDER BY [t].[TitleKey] DESC, [t].[CreatedVersion] DESC;

-- list position
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[PositionKey], [t].[CreatedVersion];

-- list position, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value NVarChar(101), @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[PositionKey] >= @Value AND ([t].[PositionKey] > @Value OR [t].[CreatedVersion] > @Value5)
ORDER BY [t].[PositionKey], [t].[CreatedVersion];

-- list -position
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
))
ORDER BY [t].[PositionKey] DESC, [t].[CreatedVersion] DESC;

-- list -position, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @Value NVarChar(101), @Value5 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[PositionKey] <= @Value AND ([t].[PositionKey] < @Value OR [t].[CreatedVersion] < @Value5)
ORDER BY [t].[PositionKey] DESC, [t].[CreatedVersion] DESC;

-- list, filtered
-- @ownerId UniqueIdentifier, @p Int
SELECT [t].[CreatedAt], [t].[CreatedVersion]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC
OFFSET @p ROWS FETCH NEXT 1 ROWS ONLY;

-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @filter_Statuses1 Int, @filter_Statuses2 Int, @filter_Priorities1 Int, @separated_contains NVarChar(4000), @separated6_contains NVarChar(4000), @before DateTimeOffset(3), @after DateTimeOffset(3), @filter_OverdueAt DateTimeOffset(3), @isOverdue Bit, @word_contains NVarChar(4000), @word12_contains NVarChar(4000)
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[Status] IN (@filter_Statuses1, @filter_Statuses2) AND [t].[Priority] = @filter_Priorities1 AND [t].[LabelKeys] LIKE @separated_contains ESCAPE N'\' AND [t].[LabelKeys] LIKE @separated6_contains ESCAPE N'\' AND [t].[DueAt] < @before AND [t].[DueAt] > @after AND CASE
    WHEN [t].[DueAt] IS NOT NULL AND [t].[DueAt] < @filter_OverdueAt AND [t].[Status] IN (0, 1) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END = @isOverdue AND [t].[SearchText] LIKE @word_contains ESCAPE N'\' AND [t].[SearchText] LIKE @word12_contains ESCAPE N'\'
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- list, filtered, later page
-- @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 BigInt, @p Int
SELECT [t].[CreatedAt], [t].[CreatedVersion]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[CreatedAt] <= @Value AND ([t].[CreatedAt] < @Value OR [t].[CreatedVersion] < @Value3)
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC
OFFSET @p ROWS FETCH NEXT 1 ROWS ONLY;

-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 BigInt, @ownerId4 UniqueIdentifier, @filter_Statuses1 Int, @filter_Statuses2 Int, @filter_Priorities1 Int, @separated_contains NVarChar(4000), @separated9_contains NVarChar(4000), @before DateTimeOffset(3), @after DateTimeOffset(3), @filter_OverdueAt DateTimeOffset(3), @isOverdue Bit, @word_contains NVarChar(4000), @word15_contains NVarChar(4000)
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[CreatedAt] <= @Value AND ([t].[CreatedAt] < @Value OR [t].[CreatedVersion] < @Value3) AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId4 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[Status] IN (@filter_Statuses1, @filter_Statuses2) AND [t].[Priority] = @filter_Priorities1 AND [t].[LabelKeys] LIKE @separated_contains ESCAPE N'\' AND [t].[LabelKeys] LIKE @separated9_contains ESCAPE N'\' AND [t].[DueAt] < @before AND [t].[DueAt] > @after AND CASE
    WHEN [t].[DueAt] IS NOT NULL AND [t].[DueAt] < @filter_OverdueAt AND [t].[Status] IN (0, 1) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END = @isOverdue AND [t].[SearchText] LIKE @word_contains ESCAPE N'\' AND [t].[SearchText] LIKE @word15_contains ESCAPE N'\'
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- inbox position
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[ListId] IS NULL
ORDER BY [t].[PositionKey], [t].[CreatedVersion];

-- inbox position, later page
-- @p Int, @ownerId UniqueIdentifier, @Value NVarChar(101), @Value4 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[ListId] IS NULL AND [t].[PositionKey] >= @Value AND ([t].[PositionKey] > @Value OR [t].[CreatedVersion] > @Value4)
ORDER BY [t].[PositionKey], [t].[CreatedVersion];

-- inbox -createdAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[ListId] IS NULL
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- inbox -createdAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value4 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[ListId] IS NULL AND [t].[CreatedAt] <= @Value AND ([t].[CreatedAt] < @Value OR [t].[CreatedVersion] < @Value4)
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- trash
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NOT NULL AND [t].[IsUntouched] = CAST(0 AS bit)
ORDER BY [t].[Version] DESC, [t].[CreatedVersion] DESC;

-- trash, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NOT NULL AND [t].[IsUntouched] = CAST(0 AS bit) AND [t].[Version] <= @Value AND ([t].[Version] < @Value OR [t].[CreatedVersion] < @Value3)
ORDER BY [t].[Version] DESC, [t].[CreatedVersion] DESC;

-- series
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @series UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[SeriesId] = @series
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- series, later page
-- @p Int, @ownerId UniqueIdentifier, @ownerId1 UniqueIdentifier, @series UniqueIdentifier, @Value DateTimeOffset(3), @Value6 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND ([t].[ListId] IS NULL OR [t].[ListId] NOT IN (
    SELECT [l].[Id]
    FROM [Lists] AS [l]
    WHERE [l].[OwnerId] = @ownerId1 AND [l].[ArchivedAt] IS NOT NULL
)) AND [t].[SeriesId] = @series AND [t].[CreatedAt] <= @Value AND ([t].[CreatedAt] < @Value OR [t].[CreatedVersion] < @Value6)
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- series end
-- @p Int, @ownerId4 UniqueIdentifier, @seriesId5 UniqueIdentifier, @ownerId UniqueIdentifier, @seriesId UniqueIdentifier
SELECT TOP(1) [t1].[Id], [t1].[Occurrence], [t1].[Status], [t1].[Due], [t1].[CompletedAt], [t1].[Recurrence], [t1].[NextOccurrence], [t1].[HasMissed], [t1].[Streak], [t1].[c]
FROM (
    SELECT TOP(@p) [t].[Id], [t].[Occurrence], [t].[Status], [t].[Due], [t].[CompletedAt], [t].[Recurrence], [t].[NextOccurrence], [t].[HasMissed], [t].[Streak], (
        SELECT MAX([t0].[Streak])
        FROM [Tasks] AS [t0]
        WHERE [t0].[OwnerId] = @ownerId4 AND [t0].[SeriesId] = @seriesId5) AS [c]
    FROM [Tasks] AS [t]
    WHERE [t].[OwnerId] = @ownerId AND [t].[SeriesId] = @seriesId AND ([t].[DeletedAt] IS NULL OR [t].[NextOccurrence] IS NOT NULL OR [t].[Status] = 2 OR [t].[Status] = 3)
    ORDER BY [t].[Occurrence] DESC
) AS [t1]
ORDER BY [t1].[Occurrence] DESC;

-- series history
-- @p Int, @ownerId UniqueIdentifier, @seriesId UniqueIdentifier, @from Date, @to Date
SELECT [u].[Id], [u].[Occurrence], [u].[Status], [u].[Due], [u].[CompletedAt], [u].[Recurrence], [u].[NextOccurrence], [u].[HasMissed], [u].[Streak]
FROM (
    SELECT [t1].[Id], [t1].[CompletedAt], [t1].[Due], [t1].[HasMissed], [t1].[NextOccurrence], [t1].[Occurrence], [t1].[Status], [t1].[Streak], [t1].[Recurrence]
    FROM (
        SELECT TOP(@p) [t].[Id], [t].[CompletedAt], [t].[Due], [t].[HasMissed], [t].[NextOccurrence], [t].[Occurrence], [t].[Status], [t].[Streak], [t].[Recurrence]
        FROM [Tasks] AS [t]
        WHERE [t].[OwnerId] = @ownerId AND [t].[SeriesId] = @seriesId AND ([t].[DeletedAt] IS NULL OR [t].[NextOccurrence] IS NOT NULL OR [t].[Status] = 2 OR [t].[Status] = 3) AND [t].[Occurrence] < @from
        ORDER BY [t].[Occurrence] DESC
    ) AS [t1]
    UNION ALL
    SELECT [t0].[Id], [t0].[CompletedAt], [t0].[Due], [t0].[HasMissed], [t0].[NextOccurrence], [t0].[Occurrence], [t0].[Status], [t0].[Streak], [t0].[Recurrence]
    FROM [Tasks] AS [t0]
    WHERE [t0].[OwnerId] = @ownerId AND [t0].[SeriesId] = @seriesId AND ([t0].[DeletedAt] IS NULL OR [t0].[NextOccurrence] IS NOT NULL OR [t0].[Status] = 2 OR [t0].[Status] = 3) AND [t0].[Occurrence] >= @from AND [t0].[Occurrence] <= @to
) AS [u]
ORDER BY [u].[Occurrence];

-- series, later
-- @ownerId UniqueIdentifier, @seriesId UniqueIdentifier, @after Date
SELECT TOP(1) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[SeriesId] = @seriesId AND [t].[Occurrence] > @after AND ([t].[DeletedAt] IS NULL OR [t].[IsUntouched] = CAST(0 AS bit))
ORDER BY [t].[Occurrence];

-- series, streaks
-- @p Int, @ownerId UniqueIdentifier, @seriesId UniqueIdentifier, @after Date
SELECT TOP(@p) [t].[Occurrence] AS [Date], CASE
    WHEN [t].[HasMissed] = CAST(1 AS bit) OR [t].[Status] = 0 OR [t].[Status] = 1 THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END AS [Interrupts]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[SeriesId] = @seriesId AND [t].[Occurrence] > @after AND ([t].[DeletedAt] IS NULL OR [t].[IsUntouched] = CAST(0 AS bit))
ORDER BY [t].[Occurrence];

-- series, for a change
-- @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Id] = @id;

-- changes
-- @ownerId UniqueIdentifier
SELECT TOP(2) [s].[Value], COALESCE((
    SELECT TOP(1) [c].[Value]
    FROM [ChangeCounters] AS [c]
    WHERE [c].[OwnerId] = @ownerId), CAST(0 AS bigint)), COALESCE((
    SELECT TOP(1) [c0].[LastListVersion]
    FROM [ChangeCounters] AS [c0]
    WHERE [c0].[OwnerId] = @ownerId), CAST(0 AS bigint)), COALESCE((
    SELECT TOP(1) [c1].[PurgedThrough]
    FROM [ChangeCounters] AS [c1]
    WHERE [c1].[OwnerId] = @ownerId), CAST(0 AS bigint))
FROM [Sequences] AS [s]
WHERE [s].[Name] = N'Epoch';

-- @p Int, @ownerId UniqueIdentifier, @last BigInt, @through BigInt
SELECT TOP(@p) [u].[OwnerId], [u].[Id], [u].[Alerts], [u].[Checklist], [u].[CompletedAt], [u].[CreatedAt], [u].[CreatedVersion], [u].[DeletedAt], [u].[Description], [u].[Due], [u].[DueAt], [u].[DueTimeZone], [u].[HasMissed], [u].[IsUntouched], [u].[LabelKeys], [u].[ListId], [u].[NextAlertAt], [u].[NextOccurrence], [u].[Occurrence], [u].[Position], [u].[PositionKey], [u].[Priority], [u].[Reminders], [u].[SearchText], [u].[SeriesId], [u].[Status], [u].[Streak], [u].[Title], [u].[TitleKey], [u].[UpdatedAt], [u].[Version], [u].[Labels], [u].[Recurrence]
FROM (
    SELECT [t1].[OwnerId], [t1].[Id], [t1].[Alerts], [t1].[Checklist], [t1].[CompletedAt], [t1].[CreatedAt], [t1].[CreatedVersion], [t1].[DeletedAt], [t1].[Description], [t1].[Due], [t1].[DueAt], [t1].[DueTimeZone], [t1].[HasMissed], [t1].[IsUntouched], [t1].[LabelKeys], [t1].[ListId], [t1].[NextAlertAt], [t1].[NextOccurrence], [t1].[Occurrence], [t1].[Position], [t1].[PositionKey], [t1].[Priority], [t1].[Reminders], [t1].[SearchText], [t1].[SeriesId], [t1].[Status], [t1].[Streak], [t1].[Title], [t1].[TitleKey], [t1].[UpdatedAt], [t1].[Version], [t1].[Labels], [t1].[Recurrence]
    FROM (
        SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
        FROM [Tasks] AS [t]
        WHERE [t].[OwnerId] = @ownerId AND [t].[Version] > @last AND [t].[Version] <= @through AND [t].[DeletedAt] IS NULL
        ORDER BY [t].[Version]
    ) AS [t1]
    UNION ALL
    SELECT [t2].[OwnerId], [t2].[Id], [t2].[Alerts], [t2].[Checklist], [t2].[CompletedAt], [t2].[CreatedAt], [t2].[CreatedVersion], [t2].[DeletedAt], [t2].[Description], [t2].[Due], [t2].[DueAt], [t2].[DueTimeZone], [t2].[HasMissed], [t2].[IsUntouched], [t2].[LabelKeys], [t2].[ListId], [t2].[NextAlertAt], [t2].[NextOccurrence], [t2].[Occurrence], [t2].[Position], [t2].[PositionKey], [t2].[Priority], [t2].[Reminders], [t2].[SearchText], [t2].[SeriesId], [t2].[Status], [t2].[Streak], [t2].[Title], [t2].[TitleKey], [t2].[UpdatedAt], [t2].[Version], [t2].[Labels], [t2].[Recurrence]
    FROM (
        SELECT TOP(@p) [t0].[OwnerId], [t0].[Id], [t0].[Alerts], [t0].[Checklist], [t0].[CompletedAt], [t0].[CreatedAt], [t0].[CreatedVersion], [t0].[DeletedAt], [t0].[Description], [t0].[Due], [t0].[DueAt], [t0].[DueTimeZone], [t0].[HasMissed], [t0].[IsUntouched], [t0].[LabelKeys], [t0].[ListId], [t0].[NextAlertAt], [t0].[NextOccurrence], [t0].[Occurrence], [t0].[Position], [t0].[PositionKey], [t0].[Priority], [t0].[Reminders], [t0].[SearchText], [t0].[SeriesId], [t0].[Status], [t0].[Streak], [t0].[Title], [t0].[TitleKey], [t0].[UpdatedAt], [t0].[Version], [t0].[Labels], [t0].[Recurrence]
        FROM [Tasks] AS [t0]
        WHERE [t0].[OwnerId] = @ownerId AND [t0].[Version] > @last AND [t0].[Version] <= @through AND [t0].[DeletedAt] IS NOT NULL
        ORDER BY [t0].[Version]
    ) AS [t2]
) AS [u]
ORDER BY [u].[Version];

-- @p Int, @ownerId UniqueIdentifier, @last BigInt, @through BigInt
SELECT TOP(@p) [l].[OwnerId], [l].[Id], [l].[ArchivedAt], [l].[Color], [l].[CreatedAt], [l].[CreatedVersion], [l].[DeletedAt], [l].[EmptyThrough], [l].[Name], [l].[Position], [l].[UpdatedAt], [l].[Version]
FROM [Lists] AS [l]
WHERE [l].[OwnerId] = @ownerId AND [l].[Version] > @last AND [l].[Version] <= @through
ORDER BY [l].[Version];

-- changes, later
-- @ownerId UniqueIdentifier
SELECT TOP(2) [s].[Value], COALESCE((
    SELECT TOP(1) [c].[Value]
    FROM [ChangeCounters] AS [c]
    WHERE [c].[OwnerId] = @ownerId), CAST(0 AS bigint)), COALESCE((
    SELECT TOP(1) [c0].[LastListVersion]
    FROM [ChangeCounters] AS [c0]
    WHERE [c0].[OwnerId] = @ownerId), CAST(0 AS bigint)), COALESCE((
    SELECT TOP(1) [c1].[PurgedThrough]
    FROM [ChangeCounters] AS [c1]
    WHERE [c1].[OwnerId] = @ownerId), CAST(0 AS bigint))
FROM [Sequences] AS [s]
WHERE [s].[Name] = N'Epoch';

-- @p Int, @ownerId UniqueIdentifier, @last BigInt, @through BigInt
SELECT TOP(@p) [u].[OwnerId], [u].[Id], [u].[Alerts], [u].[Checklist], [u].[CompletedAt], [u].[CreatedAt], [u].[CreatedVersion], [u].[DeletedAt], [u].[Description], [u].[Due], [u].[DueAt], [u].[DueTimeZone], [u].[HasMissed], [u].[IsUntouched], [u].[LabelKeys], [u].[ListId], [u].[NextAlertAt], [u].[NextOccurrence], [u].[Occurrence], [u].[Position], [u].[PositionKey], [u].[Priority], [u].[Reminders], [u].[SearchText], [u].[SeriesId], [u].[Status], [u].[Streak], [u].[Title], [u].[TitleKey], [u].[UpdatedAt], [u].[Version], [u].[Labels], [u].[Recurrence]
FROM (
    SELECT [t1].[OwnerId], [t1].[Id], [t1].[Alerts], [t1].[Checklist], [t1].[CompletedAt], [t1].[CreatedAt], [t1].[CreatedVersion], [t1].[DeletedAt], [t1].[Description], [t1].[Due], [t1].[DueAt], [t1].[DueTimeZone], [t1].[HasMissed], [t1].[IsUntouched], [t1].[LabelKeys], [t1].[ListId], [t1].[NextAlertAt], [t1].[NextOccurrence], [t1].[Occurrence], [t1].[Position], [t1].[PositionKey], [t1].[Priority], [t1].[Reminders], [t1].[SearchText], [t1].[SeriesId], [t1].[Status], [t1].[Streak], [t1].[Title], [t1].[TitleKey], [t1].[UpdatedAt], [t1].[Version], [t1].[Labels], [t1].[Recurrence]
    FROM (
        SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
        FROM [Tasks] AS [t]
        WHERE [t].[OwnerId] = @ownerId AND [t].[Version] > @last AND [t].[Version] <= @through AND [t].[DeletedAt] IS NULL
        ORDER BY [t].[Version]
    ) AS [t1]
    UNION ALL
    SELECT [t2].[OwnerId], [t2].[Id], [t2].[Alerts], [t2].[Checklist], [t2].[CompletedAt], [t2].[CreatedAt], [t2].[CreatedVersion], [t2].[DeletedAt], [t2].[Description], [t2].[Due], [t2].[DueAt], [t2].[DueTimeZone], [t2].[HasMissed], [t2].[IsUntouched], [t2].[LabelKeys], [t2].[ListId], [t2].[NextAlertAt], [t2].[NextOccurrence], [t2].[Occurrence], [t2].[Position], [t2].[PositionKey], [t2].[Priority], [t2].[Reminders], [t2].[SearchText], [t2].[SeriesId], [t2].[Status], [t2].[Streak], [t2].[Title], [t2].[TitleKey], [t2].[UpdatedAt], [t2].[Version], [t2].[Labels], [t2].[Recurrence]
    FROM (
        SELECT TOP(@p) [t0].[OwnerId], [t0].[Id], [t0].[Alerts], [t0].[Checklist], [t0].[CompletedAt], [t0].[CreatedAt], [t0].[CreatedVersion], [t0].[DeletedAt], [t0].[Description], [t0].[Due], [t0].[DueAt], [t0].[DueTimeZone], [t0].[HasMissed], [t0].[IsUntouched], [t0].[LabelKeys], [t0].[ListId], [t0].[NextAlertAt], [t0].[NextOccurrence], [t0].[Occurrence], [t0].[Position], [t0].[PositionKey], [t0].[Priority], [t0].[Reminders], [t0].[SearchText], [t0].[SeriesId], [t0].[Status], [t0].[Streak], [t0].[Title], [t0].[TitleKey], [t0].[UpdatedAt], [t0].[Version], [t0].[Labels], [t0].[Recurrence]
        FROM [Tasks] AS [t0]
        WHERE [t0].[OwnerId] = @ownerId AND [t0].[Version] > @last AND [t0].[Version] <= @through AND [t0].[DeletedAt] IS NOT NULL
        ORDER BY [t0].[Version]
    ) AS [t2]
) AS [u]
ORDER BY [u].[Version];

-- @p Int, @ownerId UniqueIdentifier, @last BigInt, @through BigInt
SELECT TOP(@p) [l].[OwnerId], [l].[Id], [l].[ArchivedAt], [l].[Color], [l].[CreatedAt], [l].[CreatedVersion], [l].[DeletedAt], [l].[EmptyThrough], [l].[Name], [l].[Position], [l].[UpdatedAt], [l].[Version]
FROM [Lists] AS [l]
WHERE [l].[OwnerId] = @ownerId AND [l].[Version] > @last AND [l].[Version] <= @through
ORDER BY [l].[Version];

-- summary
-- @now DateTimeOffset(3), @from DateTimeOffset(3), @to DateTimeOffset(3), @ownerId UniqueIdentifier
SELECT [t].[Status], [t].[Priority], [t].[ListId], COUNT(*) AS [Count], COUNT(CASE
    WHEN [t].[DueAt] < @now THEN 1
END) AS [Overdue], COUNT(CASE
    WHEN [t].[DueAt] >= @from AND [t].[DueAt] < @to THEN 1
END) AS [DueToday]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
GROUP BY [t].[Status], [t].[Priority], [t].[ListId];

-- @ownerId UniqueIdentifier
SELECT [l].[Id], CASE
    WHEN [l].[ArchivedAt] IS NOT NULL THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END AS [IsArchived]
FROM [Lists] AS [l]
WHERE [l].[OwnerId] = @ownerId AND [l].[DeletedAt] IS NULL;

-- reschedule
-- @p Int, @ownerId UniqueIdentifier, @through UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[Alerts], [t].[Checklist], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[Due], [t].[DueAt], [t].[DueTimeZone], [t].[HasMissed], [t].[IsUntouched], [t].[LabelKeys], [t].[ListId], [t].[NextAlertAt], [t].[NextOccurrence], [t].[Occurrence], [t].[Position], [t].[PositionKey], [t].[Priority], [t].[Reminders], [t].[SearchText], [t].[SeriesId], [t].[Status], [t].[Streak], [t].[Title], [t].[TitleKey], [t].[UpdatedAt], [t].[Version], [t].[Labels], [t].[Recurrence]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Id] > @through AND [t].[Due] IS NOT NULL AND [t].[DeletedAt] IS NULL
ORDER BY [t].[Id];

-- purge
-- @before DateTimeOffset(3)
SELECT TOP(1) [t].[OwnerId]
FROM [Tasks] AS [t]
WHERE [t].[DeletedAt] < @before
ORDER BY [t].[DeletedAt];

-- @p Int, @ownerId UniqueIdentifier, @before DateTimeOffset(3)
SELECT TOP(@p) [t].[Version]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] < @before
ORDER BY [t].[Version];

-- @before DateTimeOffset(3)
SELECT TOP(1) [t].[OwnerId]
FROM [Tasks] AS [t]
WHERE [t].[DeletedAt] < @before
ORDER BY [t].[DeletedAt];

