-- find by key
-- @keyHash VarBinary(32)
SELECT TOP(2) [u].[Id], CASE
    WHEN [u].[DisabledAt] IS NOT NULL THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END AS [IsDisabled]
FROM [Users] AS [u]
WHERE [u].[DeletedAt] IS NULL AND [u].[GuestKeyHash] = @keyHash;

-- unseen
-- @p Int, @before DateTimeOffset(3), @after_Value UniqueIdentifier
SELECT TOP(@p) [u].[Id]
FROM [Users] AS [u]
WHERE [u].[DeletedAt] IS NULL AND [u].[Kind] = N'Guest' AND [u].[CreatedAt] < @before AND NOT EXISTS (
    SELECT 1
    FROM [Sessions] AS [s]
    WHERE [s].[OwnerId] = [u].[Id] AND [s].[LastUsedAt] >= @before) AND [u].[Id] > @after_Value
ORDER BY [u].[Id];

-- merge
-- @p BigInt, @guest_TaskCount Int, @accountId UniqueIdentifier
UPDATE [c]
SET [c].[Value] = @p,
    [c].[TaskCount] = [c].[TaskCount] + @guest_TaskCount
FROM [ChangeCounters] AS [c]
WHERE [c].[OwnerId] = @accountId;

-- @p BigInt, @accountId UniqueIdentifier
UPDATE [c]
SET [c].[LastListVersion] = @p
FROM [ChangeCounters] AS [c]
WHERE [c].[OwnerId] = @accountId;

-- @p UniqueIdentifier, @accountId UniqueIdentifier, @guest_TimeZone NVarChar(64)
UPDATE [c]
SET [c].[RescheduledThrough] = @p
FROM [ChangeCounters] AS [c]
WHERE [c].[OwnerId] = @accountId AND [c].[TimeZone] <> @guest_TimeZone;

-- @p UniqueIdentifier, @by BigInt, @guestId UniqueIdentifier
UPDATE [t]
SET [t].[OwnerId] = @p,
    [t].[Version] = [t].[Version] + @by,
    [t].[CreatedVersion] = [t].[CreatedVersion] + @by
FROM [Tasks] AS [t]
WHERE [t].[OwnerId] = @guestId;

-- @p UniqueIdentifier, @by BigInt, @by4 BigInt, @guestId UniqueIdentifier
UPDATE [l]
SET [l].[OwnerId] = @p,
    [l].[Version] = [l].[Version] + @by,
    [l].[CreatedVersion] = [l].[CreatedVersion] + @by,
    [l].[EmptyThrough] = [l].[EmptyThrough] + @by4
FROM [Lists] AS [l]
WHERE [l].[OwnerId] = @guestId;

-- @guestId UniqueIdentifier, @p Int
SELECT [n].[Sequence]
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @guestId
ORDER BY [n].[Sequence] DESC
OFFSET @p ROWS FETCH NEXT 1 ROWS ONLY;

-- @p UniqueIdentifier, @guestId UniqueIdentifier, @oldest BigInt
UPDATE [n]
SET [n].[OwnerId] = @p
FROM [Notifications] AS [n]
WHERE [n].[OwnerId] = @guestId AND [n].[Sequence] >= @oldest;

-- @guestId UniqueIdentifier
DELETE FROM [c]
FROM [ChangeCounters] AS [c]
WHERE [c].[OwnerId] = @guestId;

-- @guestId UniqueIdentifier, @now DateTimeOffset(3)
DELETE FROM [s]
FROM [Sessions] AS [s]
WHERE [s].[OwnerId] = @guestId AND [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now;

