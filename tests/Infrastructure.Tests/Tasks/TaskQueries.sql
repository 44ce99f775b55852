-- get
-- @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Id] = @id AND [t].[DeletedAt] IS NULL;

-- get for a change
-- @ownerId UniqueIdentifier, @id UniqueIdentifier
SELECT TOP(2) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Id] = @id;

-- list createdAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[CreatedAt], [t].[CreatedVersion];

-- list createdAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[CreatedAt] >= @Value AND ([t].[CreatedAt] > @Value OR [t].[CreatedVersion] > @Value3)
ORDER BY [t].[CreatedAt], [t].[CreatedVersion];

-- list -createdAt
-- @count Int, @ownerId UniqueIdentifier
SELECT TOP(@count) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- list -createdAt, later page
-- @count Int, @ownerId UniqueIdentifier, @createdAt DateTimeOffset(3), @createdVersion BigInt
SELECT TOP(@count) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[CreatedAt] <= @createdAt AND ([t].[CreatedAt] < @createdAt OR [t].[CreatedVersion] < @createdVersion)
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- list updatedAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[UpdatedAt], [t].[CreatedVersion];

-- list updatedAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[UpdatedAt] >= @Value AND ([t].[UpdatedAt] > @Value OR [t].[CreatedVersion] > @Value3)
ORDER BY [t].[UpdatedAt], [t].[CreatedVersion];

-- list -updatedAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[UpdatedAt] DESC, [t].[CreatedVersion] DESC;

-- list -updatedAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[UpdatedAt] <= @Value AND ([t].[UpdatedAt] < @Value OR [t].[CreatedVersion] < @Value3)
ORDER BY [t].[UpdatedAt] DESC, [t].[CreatedVersion] DESC;

-- list dueAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[DueOrLast], [t].[CreatedVersion];

-- list dueAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueOrLast] >= @Value AND ([t].[DueOrLast] > @Value OR [t].[CreatedVersion] > @Value3)
ORDER BY [t].[DueOrLast], [t].[CreatedVersion];

-- list -dueAt
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[DueOrFirst] DESC, [t].[CreatedVersion] DESC;

-- list -dueAt, later page
-- @p Int, @ownerId UniqueIdentifier, @Value BigInt, @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[DueOrFirst] <= @Value AND ([t].[DueOrFirst] < @Value OR [t].[CreatedVersion] < @Value3)
ORDER BY [t].[DueOrFirst] DESC, [t].[CreatedVersion] DESC;

-- list priority
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[Priority], [t].[CreatedVersion];

-- list priority, later page
-- @p Int, @ownerId UniqueIdentifier, @Value Int, @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[Priority] >= @Value AND ([t].[Priority] > @Value OR [t].[CreatedVersion] > @Value3)
ORDER BY [t].[Priority], [t].[CreatedVersion];

-- list -priority
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[Priority] DESC, [t].[CreatedVersion] DESC;

-- list -priority, later page
-- @p Int, @ownerId UniqueIdentifier, @Value Int, @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[Priority] <= @Value AND ([t].[Priority] < @Value OR [t].[CreatedVersion] < @Value3)
ORDER BY [t].[Priority] DESC, [t].[CreatedVersion] DESC;

-- list title
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[TitleKey], [t].[CreatedVersion];

-- list title, later page
-- @p Int, @ownerId UniqueIdentifier, @Value NVarChar(200), @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[TitleKey] >= @Value AND ([t].[TitleKey] > @Value OR [t].[CreatedVersion] > @Value3)
ORDER BY [t].[TitleKey], [t].[CreatedVersion];

-- list -title
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[TitleKey] DESC, [t].[CreatedVersion] DESC;

-- list -title, later page
-- @p Int, @ownerId UniqueIdentifier, @Value NVarChar(200), @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[TitleKey] <= @Value AND ([t].[TitleKey] < @Value OR [t].[CreatedVersion] < @Value3)
ORDER BY [t].[TitleKey] DESC, [t].[CreatedVersion] DESC;

-- list, filtered
-- @ownerId UniqueIdentifier, @p Int
SELECT [t].[CreatedAt], [t].[CreatedVersion]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC
OFFSET @p ROWS FETCH NEXT 1 ROWS ONLY;

-- @p Int, @ownerId UniqueIdentifier, @filter_Statuses1 Int, @filter_Statuses2 Int, @filter_Priorities1 Int, @separated_contains NVarChar(4000), @separated4_contains NVarChar(4000), @before DateTimeOffset(3), @after DateTimeOffset(3), @filter_OverdueAt DateTimeOffset(3), @isOverdue Bit, @word_contains NVarChar(4000), @word10_contains NVarChar(4000)
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[Status] IN (@filter_Statuses1, @filter_Statuses2) AND [t].[Priority] = @filter_Priorities1 AND [t].[LabelKeys] LIKE @separated_contains ESCAPE N'\' AND [t].[LabelKeys] LIKE @separated4_contains ESCAPE N'\' AND [t].[DueAt] < @before AND [t].[DueAt] > @after AND CASE
    WHEN [t].[DueAt] IS NOT NULL AND [t].[DueAt] < @filter_OverdueAt AND [t].[Status] IN (0, 1) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END = @isOverdue AND [t].[SearchText] LIKE @word_contains ESCAPE N'\' AND [t].[SearchText] LIKE @word10_contains ESCAPE N'\'
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- list, filtered, later page
-- @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 BigInt, @p Int
SELECT [t].[CreatedAt], [t].[CreatedVersion]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[CreatedAt] <= @Value AND ([t].[CreatedAt] < @Value OR [t].[CreatedVersion] < @Value3)
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC
OFFSET @p ROWS FETCH NEXT 1 ROWS ONLY;

-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 BigInt, @filter_Statuses1 Int, @filter_Statuses2 Int, @filter_Priorities1 Int, @separated_contains NVarChar(4000), @separated7_contains NVarChar(4000), @before DateTimeOffset(3), @after DateTimeOffset(3), @filter_OverdueAt DateTimeOffset(3), @isOverdue Bit, @word_contains NVarChar(4000), @word13_contains NVarChar(4000)
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NULL AND [t].[CreatedAt] <= @Value AND ([t].[CreatedAt] < @Value OR [t].[CreatedVersion] < @Value3) AND [t].[Status] IN (@filter_Statuses1, @filter_Statuses2) AND [t].[Priority] = @filter_Priorities1 AND [t].[LabelKeys] LIKE @separated_contains ESCAPE N'\' AND [t].[LabelKeys] LIKE @separated7_contains ESCAPE N'\' AND [t].[DueAt] < @before AND [t].[DueAt] > @after AND CASE
    WHEN [t].[DueAt] IS NOT NULL AND [t].[DueAt] < @filter_OverdueAt AND [t].[Status] IN (0, 1) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END = @isOverdue AND [t].[SearchText] LIKE @word_contains ESCAPE N'\' AND [t].[SearchText] LIKE @word13_contains ESCAPE N'\'
ORDER BY [t].[CreatedAt] DESC, [t].[CreatedVersion] DESC;

-- trash
-- @p Int, @ownerId UniqueIdentifier
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NOT NULL
ORDER BY [t].[UpdatedAt] DESC, [t].[CreatedVersion] DESC;

-- trash, later page
-- @p Int, @ownerId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[DeletedAt] IS NOT NULL AND [t].[UpdatedAt] <= @Value AND ([t].[UpdatedAt] < @Value OR [t].[CreatedVersion] < @Value3)
ORDER BY [t].[UpdatedAt] DESC, [t].[CreatedVersion] DESC;

-- changes
-- @p Int, @ownerId UniqueIdentifier, @last BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Version] > @last
ORDER BY [t].[Version];

-- @ownerId UniqueIdentifier
SELECT TOP(2) [s].[Value], COALESCE((
    SELECT TOP(1) [c].[PurgedThrough]
    FROM [ChangeCounters] AS [c]
    WHERE [c].[OwnerId] = @ownerId), CAST(0 AS bigint))
FROM [Sequences] AS [s]
WHERE [s].[Name] = N'Epoch';

-- changes, later
-- @p Int, @ownerId UniqueIdentifier, @last BigInt
SELECT TOP(@p) [t].[OwnerId], [t].[Id], [t].[CompletedAt], [t].[CreatedAt], [t].[CreatedVersion], [t].[DeletedAt], [t].[Description], [t].[DueAt], [t].[DueOrFirst], [t].[DueOrLast], [t].[LabelKeys], [t].[NotifiedDueAt], [t].[Priority], [t].[SearchText], [t].[Status], [t].[Title], [t].[TitleKey], [t].[UnsettledDueAt], [t].[UpdatedAt], [t].[Version], [t].[Labels]
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @ownerId AND [t].[Version] > @last
ORDER BY [t].[Version];

-- @ownerId UniqueIdentifier
SELECT TOP(2) [s].[Value], COALESCE((
    SELECT TOP(1) [c].[PurgedThrough]
    FROM [ChangeCounters] AS [c]
    WHERE [c].[OwnerId] = @ownerId), CAST(0 AS bigint))
FROM [Sequences] AS [s]
WHERE [s].[Name] = N'Epoch';

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

