-- get
-- @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Id] = @id AND [t].[DeletedAt] IS NULL;

-- get for a change
-- @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Id] = @id;

-- list createdAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[CreatedAt], [t].[Id];

-- list createdAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[CreatedAt] >= @Value AND ([t].[CreatedAt] > @Value OR [t].[Id] > @Value3)
ORDER BY [t].[CreatedAt], [t].[Id];

-- list -createdAt
-- @count Int, @ownerId UniqueIdentifier
SELECT TOP(@count) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[CreatedAt] DESC, [t].[Id] DESC;

-- list -createdAt, later page
-- @count Int, @ownerId UniqueIdentifier, @createdAt DateTimeOffset(3), @id UniqueIdentifier
SELECT TOP(@count) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[CreatedAt] <= @createdAt AND ([t].[CreatedAt] < @createdAt OR [t].[Id] < @id)
ORDER BY [t].[CreatedAt] DESC, [t].[Id] DESC;

-- list updatedAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[UpdatedAt], [t].[Id];

-- list updatedAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[UpdatedAt] >= @Value AND ([t].[UpdatedAt] > @Value OR [t].[Id] > @Value3)
ORDER BY [t].[UpdatedAt], [t].[Id];

-- list -updatedAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[UpdatedAt] DESC, [t].[Id] DESC;

-- list -updatedAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[UpdatedAt] <= @Value AND ([t].[UpdatedAt] < @Value OR [t].[Id] < @Value3)
ORDER BY [t].[UpdatedAt] DESC, [t].[Id] DESC;

-- list dueAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[DueOrLast], [t].[Id];

-- list dueAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueOrLast] >= @Value AND ([t].[DueOrLast] > @Value OR [t].[Id] > @Value3)
ORDER BY [t].[DueOrLast], [t].[Id];

-- list -dueAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[DueOrFirst] DESC, [t].[Id] DESC;

-- list -dueAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueOrFirst] <= @Value AND ([t].[DueOrFirst] < @Value OR [t].[Id] < @Value3)
ORDER BY [t].[DueOrFirst] DESC, [t].[Id] DESC;

-- list priority
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[Priority], [t].[Id];

-- list priority, later page
-- @p Int, @ownerId UniqueIdentifier, @Value Int, @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[Priority] >= @Value AND ([t].[Priority] > @Value OR [t].[Id] > @Value3)
ORDER BY [t].[Priority], [t].[Id];

-- list -priority
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[Priority] DESC, [t].[Id] DESC;

-- list -priority, later page
-- @p Int, @ownerId UniqueIdentifier, @Value Int, @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[Priority] <= @Value AND ([t].[Priority] < @Value OR [t].[Id] < @Value3)
ORDER BY [t].[Priority] DESC, [t].[Id] DESC;

-- list title
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[TitleKey], [t].[Id];

-- list title, later page
-- @p Int, @ownerId UniqueIdentifier, @Value NVarChar(200), @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[TitleKey] >= @Value AND ([t].[TitleKey] > @Value OR [t].[Id] > @Value3)
ORDER BY [t].[TitleKey], [t].[Id];

-- list -title
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[TitleKey] DESC, [t].[Id] DESC;

-- list -title, later page
-- @p Int, @ownerId UniqueIdentifier, @Value NVarChar(200), @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[TitleKey] <= @Value AND ([t].[TitleKey] < @Value OR [t].[Id] < @Value3)
ORDER BY [t].[TitleKey] DESC, [t].[Id] DESC;

-- list, filtered
-- @p Int, @ownerId UniqueIdentifier, @filter_Statuses1 Int, @filter_Statuses2 Int, @filter_Priorities1 Int, @separated_contains NVarChar(1040), @separated4_contains NVarChar(1040), @before DateTimeOffset(3), @after DateTimeOffset(3), @filter_OverdueAt DateTimeOffset(3), @isOverdue Bit, @text_contains NVarChar(4000)
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[Status] IN (@filter_Statuses1, @filter_Statuses2) AND [t].[Priority] = @filter_Priorities1 AND [t].[Labels] LIKE @separated_contains ESCAPE N'\' AND [t].[Labels] LIKE @separated4_contains ESCAPE N'\' AND [t].[DueAt] < @before AND [t].[DueAt] > @after AND CASE
    WHEN [t].[DueAt] IS NOT NULL AND [t].[DueAt] < @filter_OverdueAt AND [t].[Status] IN (0, 1) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END = @isOverdue AND [t].[SearchText] LIKE @text_contains ESCAPE N'\'
ORDER BY [t].[CreatedAt] DESC, [t].[Id] DESC;

-- list, filtered, later page
-- @p Int, @ownerId UniqueIdentifier, @filter_Statuses1 Int, @filter_Statuses2 Int, @filter_Priorities1 Int, @separated_contains NVarChar(1040), @separated4_contains NVarChar(1040), @before DateTimeOffset(3), @after DateTimeOffset(3), @filter_OverdueAt DateTimeOffset(3), @isOverdue Bit, @text_contains NVarChar(4000), @Value DateTimeOffset(3), @Value12 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[Status] IN (@filter_Statuses1, @filter_Statuses2) AND [t].[Priority] = @filter_Priorities1 AND [t].[Labels] LIKE @separated_contains ESCAPE N'\' AND [t].[Labels] LIKE @separated4_contains ESCAPE N'\' AND [t].[DueAt] < @before AND [t].[DueAt] > @after AND CASE
    WHEN [t].[DueAt] IS NOT NULL AND [t].[DueAt] < @filter_OverdueAt AND [t].[Status] IN (0, 1) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END = @isOverdue AND [t].[SearchText] LIKE @text_contains ESCAPE N'\' AND [t].[CreatedAt] <= @Value AND ([t].[CreatedAt] < @Value OR [t].[Id] < @Value12)
ORDER BY [t].[CreatedAt] DESC, [t].[Id] DESC;

-- trash
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NOT NULL
ORDER BY [t].[UpdatedAt] DESC, [t].[Id] DESC;

-- trash, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NOT NULL AND [t].[UpdatedAt] <= @Value AND ([t].[UpdatedAt] < @Value OR [t].[Id] < @Value3)
ORDER BY [t].[UpdatedAt] DESC, [t].[Id] DESC;

-- changes
-- @p Int, @ownerId UniqueIdentifier, @last BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Version] > @last
ORDER BY [t].[Version];

-- @ownerId UniqueIdentifier
SELECT TOP(2) [c].[PurgedThrough]
FROM [ChangeCounters] AS [c]
WHERE [c].[OwnerId] = @ownerId;

-- changes, later
-- @p Int, @ownerId UniqueIdentifier, @last BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Version] > @last
ORDER BY [t].[Version];

-- @ownerId UniqueIdentifier
SELECT TOP(2) [c].[PurgedThrough]
FROM [ChangeCounters] AS [c]
WHERE [c].[OwnerId] = @ownerId;

-- summary
-- @now DateTimeOffset(3), @from DateTimeOffset(3), @to DateTimeOffset(3), @ownerId UniqueIdentifier
SELECT [t].[Status], [t].[Priority], COUNT(*) AS [Count], COUNT(CASE
    WHEN [t].[DueAt] < @now THEN 1
END) AS [Overdue], COUNT(CASE
    WHEN [t].[DueAt] >= @from AND [t].[DueAt] < @to THEN 1
END) AS [DueToday]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
GROUP BY [t].[Status], [t].[Priority];

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

