-- session of a request
-- @now DateTimeOffset(3), @id UniqueIdentifier
SELECT [s0].[OwnerId], [s0].[ExpiresAt], [s0].[LastUsedAt], [s0].[RefreshCounter], [s0].[PreviousCounter], [s0].[IsUsed], [s0].[c], [s0].[Id], [s0].[Id0], [s1].[ClaimValue], [s1].[UserId], [s1].[RoleId], [s1].[Id]
FROM (
    SELECT TOP(2) [s].[OwnerId], [s].[ExpiresAt], [s].[LastUsedAt], [s].[RefreshCounter], [s].[PreviousCounter], [s].[IsUsed], CASE
        WHEN [s].[AuthenticatedAt] IS NULL THEN CAST(1 AS bit)
        ELSE CAST(0 AS bit)
    END AS [c], [s].[Id], [u0].[Id] AS [Id0]
    FROM [Sessions] AS [s]
    INNER JOIN (
        SELECT [u].[Id], [u].[DisabledAt]
        FROM [Users] AS [u]
        WHERE [u].[DeletedAt] IS NULL
    ) AS [u0] ON [s].[OwnerId] = [u0].[Id]
    WHERE [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now AND [u0].[DisabledAt] IS NULL AND [s].[Id] = @id
) AS [s0]
LEFT JOIN (
    SELECT [r].[ClaimValue], [u1].[UserId], [u1].[RoleId], [r].[Id]
    FROM [UserRoles] AS [u1]
    INNER JOIN [RoleClaims] AS [r] ON [u1].[RoleId] = [r].[RoleId]
    WHERE [r].[ClaimType] = N'permission'
) AS [s1] ON [s0].[OwnerId] = [s1].[UserId]
ORDER BY [s0].[Id], [s0].[Id0], [s1].[UserId], [s1].[RoleId];

-- sessions of streams
-- @now DateTimeOffset(3), @ids1 UniqueIdentifier, @ids2 UniqueIdentifier
SELECT [s].[Id]
FROM [Sessions] AS [s]
INNER JOIN (
    SELECT [u].[Id], [u].[DisabledAt]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL
) AS [u0] ON [s].[OwnerId] = [u0].[Id]
WHERE [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now AND [u0].[DisabledAt] IS NULL AND [s].[Id] IN (@ids1, @ids2);

-- session of a refresh
-- @id UniqueIdentifier
SELECT TOP(2) [s].[Id], [s].[AuthenticatedAt], [s].[CreatedAt], [s].[Device], [s].[ExpiresAt], [s].[IdentityId], [s].[IpAddress], [s].[IsUsed], [s].[LastUsedAt], [s].[OwnerId], [s].[PreviousCounter], [s].[ReauthenticatedUntil], [s].[ReauthenticationStamp], [s].[RefreshCounter], [s].[RefreshedAt], [s].[RevokedAt], [s].[RevokedReason]
FROM [Sessions] AS [s]
INNER JOIN (
    SELECT [u].[Id], [u].[DisabledAt]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL
) AS [u0] ON [s].[OwnerId] = [u0].[Id]
WHERE [s].[Id] = @id AND [u0].[DisabledAt] IS NULL;

-- refresh
-- @p Int, @p4 Int, @p5 Bit, @p6 DateTimeOffset(3), @p7 DateTimeOffset(3), @p8 DateTimeOffset(3), @p9 NVarChar(45), @session_Id UniqueIdentifier, @before Int, @session_AuthenticatedAt DateTimeOffset(3)
UPDATE [s]
SET [s].[RefreshCounter] = @p,
    [s].[PreviousCounter] = @p4,
    [s].[IsUsed] = @p5,
    [s].[RefreshedAt] = @p6,
    [s].[LastUsedAt] = @p7,
    [s].[ExpiresAt] = @p8,
    [s].[IpAddress] = @p9
FROM [Sessions] AS [s]
WHERE [s].[Id] = @session_Id AND [s].[RefreshCounter] = @before AND [s].[RevokedAt] IS NULL AND [s].[AuthenticatedAt] = @session_AuthenticatedAt;

-- own sessions
-- @ownerId UniqueIdentifier, @now DateTimeOffset(3)
SELECT [s].[Id], [s].[AuthenticatedAt], [s].[CreatedAt], [s].[Device], [s].[ExpiresAt], [s].[IdentityId], [s].[IpAddress], [s].[IsUsed], [s].[LastUsedAt], [s].[OwnerId], [s].[PreviousCounter], [s].[ReauthenticatedUntil], [s].[ReauthenticationStamp], [s].[RefreshCounter], [s].[RefreshedAt], [s].[RevokedAt], [s].[RevokedReason]
FROM [Sessions] AS [s]
WHERE [s].[OwnerId] = @ownerId AND [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now
ORDER BY [s].[CreatedAt] DESC, [s].[Id] DESC;

-- device
-- @userId UniqueIdentifier
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [Sessions] AS [s]
        WHERE [s].[OwnerId] = @userId) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END;

-- network
-- @p Int, @ownerId UniqueIdentifier, @since DateTimeOffset(3)
SELECT TOP(@p) [s].[IpAddress]
FROM [Sessions] AS [s]
WHERE [s].[OwnerId] = @ownerId AND [s].[LastUsedAt] > @since
ORDER BY [s].[LastUsedAt] DESC;

-- account
-- @id UniqueIdentifier
SELECT [u1].[Kind], [u1].[Username], [u1].[Email], [u1].[PendingEmail], [u1].[EmailConfirmed], [u1].[DisplayName], [u1].[Locale], [u1].[TimeZone], [u1].[CreatedAt], [u1].[c], [u1].[c0], [u1].[Id], [i].[Provider], [i].[Id], [s].[Name], [s].[ClaimType], [s].[ClaimValue], [s].[UserId], [s].[RoleId], [s].[Id], [s].[Id0]
FROM (
    SELECT TOP(2) [u].[Kind], [u].[Username], [u].[Email], [u].[PendingEmail], [u].[EmailConfirmed], [u].[DisplayName], [u].[Locale], [u].[TimeZone], [u].[CreatedAt], CASE
        WHEN [u].[PasswordHash] IS NOT NULL THEN CAST(1 AS bit)
        ELSE CAST(0 AS bit)
    END AS [c], CASE
        WHEN EXISTS (
            SELECT 1
            FROM [Passkeys] AS [p]
            WHERE [p].[UserId] = [u].[Id]) THEN CAST(1 AS bit)
        ELSE CAST(0 AS bit)
    END AS [c0], [u].[Id]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL AND [u].[Id] = @id
) AS [u1]
LEFT JOIN [Identities] AS [i] ON [u1].[Id] = [i].[OwnerId]
LEFT JOIN (
    SELECT [r].[Name], [r0].[ClaimType], [r0].[ClaimValue], [u0].[UserId], [u0].[RoleId], [r].[Id], [r0].[Id] AS [Id0]
    FROM [UserRoles] AS [u0]
    INNER JOIN [Roles] AS [r] ON [u0].[RoleId] = [r].[Id]
    LEFT JOIN [RoleClaims] AS [r0] ON [r].[Id] = [r0].[RoleId]
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[Id], [i].[Id], [s].[UserId], [s].[RoleId], [s].[Id];

-- login by name
-- @key NVarChar(30)
SELECT TOP(1) [u].[Id], [u].[Username], [u].[Email], [u].[PendingEmail], [u].[PasswordHash], [u].[EmailConfirmed], CASE
    WHEN [u].[DisabledAt] IS NOT NULL THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END, [u].[SecurityStamp], [u].[MfaEnabled], CASE
    WHEN [u].[Kind] = N'Guest' THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
FROM [Users] AS [u]
WHERE [u].[DeletedAt] IS NULL AND [u].[NormalizedUsername] = @key;

-- login by address
-- @key NVarChar(254)
SELECT TOP(1) [u].[Id], [u].[Username], [u].[Email], [u].[PendingEmail], [u].[PasswordHash], [u].[EmailConfirmed], CASE
    WHEN [u].[DisabledAt] IS NOT NULL THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END, [u].[SecurityStamp], [u].[MfaEnabled], CASE
    WHEN [u].[Kind] = N'Guest' THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
FROM [Users] AS [u]
WHERE [u].[DeletedAt] IS NULL AND ([u].[NormalizedEmail] = @key OR ([u].[NormalizedPendingEmail] = @key AND [u].[Email] LIKE N'%@pending.invalid'))
ORDER BY CASE
    WHEN [u].[NormalizedEmail] = @key THEN 0
    ELSE 1
END, [u].[CreatedAt] DESC;

-- failed sign-in taken back
-- @key VarBinary(32)
UPDATE [s]
SET [s].[Count] = [s].[Count] - 1
FROM [SignInFailures] AS [s]
WHERE [s].[Key] = @key AND [s].[Count] > 0;

-- failed sign-ins forgotten
-- @key VarBinary(32)
DELETE FROM [s]
FROM [SignInFailures] AS [s]
WHERE [s].[Key] = @key;

-- security events
-- @p Int, @subjectId UniqueIdentifier, @Value DateTimeOffset(3), @Value3 UniqueIdentifier
SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[At], [a].[Device], [a].[IpAddress], [a].[Method], [a].[Outcome], [a].[SessionId], [a].[SubjectId], [a].[Type]
FROM [AuditEvents] AS [a]
WHERE [a].[SubjectId] = @subjectId AND [a].[At] <= @Value AND ([a].[At] < @Value OR [a].[Id] < @Value3)
ORDER BY [a].[At] DESC, [a].[Id] DESC;

-- audit events
-- @p Int, @type NVarChar(50), @from DateTimeOffset(3), @to DateTimeOffset(3), @id UniqueIdentifier, @Value DateTimeOffset(3), @Value6 UniqueIdentifier
SELECT TOP(@p) [u].[Id], [u].[ActorId], [u].[At], [u].[Device], [u].[IpAddress], [u].[Method], [u].[Outcome], [u].[SessionId], [u].[SubjectId], [u].[Type]
FROM (
    SELECT [a1].[Id], [a1].[ActorId], [a1].[At], [a1].[Device], [a1].[IpAddress], [a1].[Method], [a1].[Outcome], [a1].[SessionId], [a1].[SubjectId], [a1].[Type]
    FROM (
        SELECT TOP(@p) [a].[Id], [a].[ActorId], [a].[At], [a].[Device], [a].[IpAddress], [a].[Method], [a].[Outcome], [a].[SessionId], [a].[SubjectId], [a].[Type]
        FROM [AuditEvents] AS [a]
        WHERE CASE
            WHEN [a].[Type] = @type THEN CAST(1 AS bit)
            ELSE CAST(0 AS bit)
        END = CASE
            WHEN [a].[Id] <> '00000000-0000-0000-0000-000000000000' THEN CAST(1 AS bit)
            ELSE CAST(0 AS bit)
        END AND [a].[At] >= @from AND [a].[At] < @to AND [a].[SubjectId] = @id AND [a].[At] <= @Value AND ([a].[At] < @Value OR [a].[Id] < @Value6)
        ORDER BY [a].[At] DESC, [a].[Id] DESC
    ) AS [a1]
    UNION ALL
    SELECT [a2].[Id], [a2].[ActorId], [a2].[At], [a2].[Device], [a2].[IpAddress], [a2].[Method], [a2].[Outcome], [a2].[SessionId], [a2].[SubjectId], [a2].[Type]
    FROM (
        SELECT TOP(@p) [a0].[Id], [a0].[ActorId], [a0].[At], [a0].[Device], [a0].[IpAddress], [a0].[Method], [a0].[Outcome], [a0].[SessionId], [a0].[SubjectId], [a0].[Type]
        FROM [AuditEvents] AS [a0]
        WHERE CASE
            WHEN [a0].[Type] = @type THEN CAST(1 AS bit)
            ELSE CAST(0 AS bit)
        END = CASE
            WHEN [a0].[Id] <> '00000000-0000-0000-0000-000000000000' THEN CAST(1 AS bit)
            ELSE CAST(0 AS bit)
        END AND [a0].[At] >= @from AND [a0].[At] < @to AND [a0].[ActorId] = @id AND ([a0].[SubjectId] <> @id OR [a0].[SubjectId] IS NULL) AND [a0].[At] <= @Value AND ([a0].[At] < @Value OR [a0].[Id] < @Value6)
        ORDER BY [a0].[At] DESC, [a0].[Id] DESC
    ) AS [a2]
) AS [u]
ORDER BY [u].[At] DESC, [u].[Id] DESC;

-- users
-- @p Int, @key_contains NVarChar(30), @key_contains0 NVarChar(254), @wanted NVarChar(50)
SELECT TOP(@p) [u].[Id], [u].[CreatedAt], [u].[DeletedAt], [u].[DisabledAt], [u].[DisplayName], [u].[Email], [u].[EmailConfirmed], [u].[GuestKeyHash], [u].[Kind], [u].[Locale], [u].[MfaEnabled], [u].[NormalizedEmail], [u].[NormalizedPendingEmail], [u].[NormalizedUsername], [u].[NotifiedByEmail], [u].[NotifiedByPush], [u].[PasswordHash], [u].[PendingEmail], [u].[QuietFrom], [u].[QuietTo], [u].[SecurityStamp], [u].[TimeZone], [u].[Username]
FROM [Users] AS [u]
WHERE [u].[DeletedAt] IS NULL AND ([u].[NormalizedUsername] LIKE @key_contains ESCAPE N'\' OR [u].[NormalizedEmail] LIKE @key_contains0 ESCAPE N'\' OR ([u].[NormalizedPendingEmail] LIKE @key_contains0 ESCAPE N'\' AND [u].[Email] LIKE N'%@pending.invalid')) AND EXISTS (
    SELECT 1
    FROM [UserRoles] AS [u0]
    WHERE [u0].[UserId] = [u].[Id] AND EXISTS (
        SELECT 1
        FROM [Roles] AS [r]
        WHERE [r].[Id] = [u0].[RoleId] AND [r].[Name] = @wanted)) AND [u].[DisabledAt] IS NULL
ORDER BY [u].[CreatedAt] DESC, [u].[Id] DESC;

-- @now DateTimeOffset(3)
SELECT [u].[Id], [u].[CreatedAt], [u].[DeletedAt], [u].[DisabledAt], [u].[DisplayName], [u].[Email], [u].[EmailConfirmed], [u].[GuestKeyHash], [u].[Kind], [u].[Locale], [u].[MfaEnabled], [u].[NormalizedEmail], [u].[NormalizedPendingEmail], [u].[NormalizedUsername], [u].[NotifiedByEmail], [u].[NotifiedByPush], [u].[PasswordHash], [u].[PendingEmail], [u].[QuietFrom], [u].[QuietTo], [u].[SecurityStamp], [u].[TimeZone], [u].[Username], CASE
    WHEN EXISTS (
        SELECT 1
        FROM [Passkeys] AS [p]
        WHERE [p].[UserId] = [u].[Id]) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END, (
    SELECT TOP(1) [a].[At]
    FROM [AuditEvents] AS [a]
    WHERE [a].[SubjectId] = [u].[Id] AND [a].[Type] = N'SignedIn'
    ORDER BY [a].[At] DESC), (
    SELECT COUNT(*)
    FROM [Sessions] AS [s]
    WHERE [s].[OwnerId] = [u].[Id] AND [s].[RevokedAt] IS NULL AND [s].[ExpiresAt] > @now)
FROM [Users] AS [u]
WHERE 0 = 1
ORDER BY [u].[Id];

-- 
SELECT [r].[Name], [r].[Id], [r1].[ClaimValue], [r1].[Id]
FROM [Roles] AS [r]
LEFT JOIN (
    SELECT [r0].[ClaimValue], [r0].[Id], [r0].[RoleId]
    FROM [RoleClaims] AS [r0]
    WHERE [r0].[ClaimType] = N'permission'
) AS [r1] ON [r].[Id] = [r1].[RoleId]
ORDER BY [r].[Name], [r].[Id];

-- due mails
-- @p Int, @canWait Bit, @now DateTimeOffset(3)
SELECT TOP(@p) [o].[Id], [o].[Address], [o].[Attempts], [o].[CanWait], [o].[CreatedAt], [o].[Data], [o].[FinishedAt], [o].[Kind], [o].[LastError], [o].[NextAttemptAt], [o].[Status], [o].[UserId]
FROM [OutboxMails] AS [o]
WHERE [o].[FinishedAt] IS NULL AND [o].[CanWait] = @canWait AND [o].[NextAttemptAt] <= @now
ORDER BY [o].[NextAttemptAt];

-- postponed mail
-- @claimedUntil DateTimeOffset(3), @until DateTimeOffset(3), @now DateTimeOffset(3), @mail_Id UniqueIdentifier
UPDATE [o]
SET [o].[NextAttemptAt] = CASE
    WHEN [o].[NextAttemptAt] = @claimedUntil THEN @until
    ELSE @now
END
FROM [OutboxMails] AS [o]
WHERE [o].[Id] = @mail_Id AND [o].[FinishedAt] IS NULL;

-- hastened mails
-- @now DateTimeOffset(3), @claimedBefore DateTimeOffset(3), @kept DateTimeOffset(3), @on_OwnerId UniqueIdentifier
UPDATE [o]
SET [o].[NextAttemptAt] = CASE
    WHEN [o].[NextAttemptAt] > @now AND [o].[NextAttemptAt] < @claimedBefore THEN @kept
    ELSE @now
END
FROM [OutboxMails] AS [o]
WHERE [o].[UserId] = @on_OwnerId AND [o].[CanWait] = CAST(1 AS bit) AND [o].[FinishedAt] IS NULL;

-- last admin
-- 
UPDATE [r]
SET [r].[Name] = [r].[Name]
FROM [Roles] AS [r]
WHERE [r].[Id] = '0197a000-0000-7000-8000-000000000003';

-- @act_SubjectId UniqueIdentifier
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [UserRoles] AS [u]
        INNER JOIN (
            SELECT [u0].[Id], [u0].[DisabledAt]
            FROM [Users] AS [u0]
            WHERE [u0].[DeletedAt] IS NULL
        ) AS [u1] ON [u].[UserId] = [u1].[Id]
        WHERE [u].[RoleId] = '0197a000-0000-7000-8000-000000000003' AND [u1].[DisabledAt] IS NULL AND [u].[UserId] = @act_SubjectId) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END;

-- @roles1 NVarChar(50)
SELECT [r0].[ClaimValue]
FROM [Roles] AS [r]
INNER JOIN [RoleClaims] AS [r0] ON [r].[Id] = [r0].[RoleId]
WHERE [r].[Name] = @roles1 AND [r0].[ClaimType] = N'permission';

-- @id UniqueIdentifier
SELECT [u1].[DisabledAt], [u1].[Id], [s].[ClaimValue], [s].[UserId], [s].[RoleId], [s].[Id]
FROM (
    SELECT TOP(2) [u].[DisabledAt], [u].[Id]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL AND [u].[Id] = @id
) AS [u1]
LEFT JOIN (
    SELECT [r].[ClaimValue], [u0].[UserId], [u0].[RoleId], [r].[Id]
    FROM [UserRoles] AS [u0]
    INNER JOIN [RoleClaims] AS [r] ON [u0].[RoleId] = [r].[RoleId]
    WHERE [r].[ClaimType] = N'permission'
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[Id], [s].[UserId], [s].[RoleId];

-- @id UniqueIdentifier
SELECT [u1].[DisabledAt], [u1].[Id], [s].[ClaimValue], [s].[UserId], [s].[RoleId], [s].[Id]
FROM (
    SELECT TOP(2) [u].[DisabledAt], [u].[Id]
    FROM [Users] AS [u]
    WHERE [u].[DeletedAt] IS NULL AND [u].[Id] = @id
) AS [u1]
LEFT JOIN (
    SELECT [r].[ClaimValue], [u0].[UserId], [u0].[RoleId], [r].[Id]
    FROM [UserRoles] AS [u0]
    INNER JOIN [RoleClaims] AS [r] ON [u0].[RoleId] = [r].[RoleId]
    WHERE [r].[ClaimType] = N'permission'
) AS [s] ON [u1].[Id] = [s].[UserId]
ORDER BY [u1].[Id], [s].[UserId], [s].[RoleId];

-- owner's counter
-- @p0 Int, @p1 UniqueIdentifier, @p2 Int, @p3 Int, @p4 Int, @p5 Int
UPDATE [ChangeCounters] SET [Value] = [Value] + @p0, [TaskCount] = [TaskCount] + @p2 OUTPUT inserted.[Value], inserted.[TimeZone]
WHERE [OwnerId] = @p1
    AND (@p2 = 0 OR ([TaskCount] <= @p3 - @p4 AND ([IsGuest] = 0 OR [TaskCount] <= @p5 - @p4)));;

-- new task
-- @p0 UniqueIdentifier, @p1 UniqueIdentifier, @p2 NVarChar(4000), @p3 NVarChar(4000), @p4 DateTimeOffset(3), @p5 DateTimeOffset(3), @p6 BigInt, @p7 DateTimeOffset(3), @p8 NVarChar(4000), @p9 NVarChar(88), @p10 DateTimeOffset(3), @p11 NVarChar(64), @p12 Bit, @p13 Bit, @p14 NVarChar(4000), @p15 UniqueIdentifier, @p16 DateTimeOffset(3), @p17 Date, @p18 Date, @p19 NVarChar(64), @p20 NVarChar(101), @p21 Int, @p22 NVarChar(30), @p23 NVarChar(4000), @p24 UniqueIdentifier, @p25 Int, @p26 Int, @p27 NVarChar(200), @p28 NVarChar(200), @p29 DateTimeOffset(3), @p30 BigInt, @p31 NVarChar(1040), @p32 NVarChar(511)
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [Tasks] ([Id], [OwnerId], [Alerts], [Checklist], [CompletedAt], [CreatedAt], [CreatedVersion], [DeletedAt], [Description], [Due], [DueAt], [DueTimeZone], [HasMissed], [IsUntouched], [LabelKeys], [ListId], [NextAlertAt], [NextOccurrence], [Occurrence], [Position], [PositionKey], [Priority], [Reminders], [SearchText], [SeriesId], [Status], [Streak], [Title], [TitleKey], [UpdatedAt], [Version], [Labels], [Recurrence])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32);
;

-- changed task
-- @p2 UniqueIdentifier, @p3 UniqueIdentifier, @p4 NVarChar(4000), @p0 DateTimeOffset(3), @p1 Int, @p5 Int, @p6 BigInt
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
UPDATE [Tasks] SET [CompletedAt] = @p0, [Status] = @p1
OUTPUT 1
WHERE [Id] = @p2 AND [OwnerId] = @p3 AND [Alerts] = @p4 AND [Streak] = @p5 AND [Version] = @p6;
;

