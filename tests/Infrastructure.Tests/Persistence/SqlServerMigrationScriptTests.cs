using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SqlServerMigrationScriptTests
{
    // A question mark marks a nullable column.
    private const string Expected = """
        table __EFMigrationsHistory
          MigrationId nvarchar(150)
          ProductVersion nvarchar(32)
          primary key PK___EFMigrationsHistory (MigrationId)
        table AuditEvents
          Id uniqueidentifier
          Type nvarchar(50)
          At datetimeoffset(3)
          Outcome nvarchar(50)
          ActorId uniqueidentifier?
          SubjectId uniqueidentifier?
          SessionId uniqueidentifier?
          IpAddress nvarchar(45)?
          Device nvarchar(100)?
          Method nvarchar(50)?
          primary key PK_AuditEvents (Id)
        table DataProtectionKeys
          Id int
          FriendlyName nvarchar(100)
          Xml nvarchar(max)
          primary key PK_DataProtectionKeys (Id)
        table IdentityRevocations
          Id uniqueidentifier
          Provider nvarchar(30)
          ClientId nvarchar(200)
          Token nvarchar(2000)
          SubjectHash varbinary(32)
          CreatedAt datetimeoffset(3)
          NextAttemptAt datetimeoffset(3)
          Attempts int
          primary key PK_IdentityRevocations (Id)
        table Roles
          Id uniqueidentifier
          Name nvarchar(50)
          NormalizedName nvarchar(50) Latin1_General_100_BIN2
          ConcurrencyStamp nvarchar(50)?
          primary key PK_Roles (Id)
        table Sequences
          Name nvarchar(50)
          Value bigint
          primary key PK_Sequences (Name)
        table ServerSecrets
          Name nvarchar(50)
          Value varbinary(max)
          primary key PK_ServerSecrets (Name)
        table SignInFailures
          Key binary(32)
          LoginKey binary(32)?
          Count int
          EndsAt datetimeoffset(3)
          primary key PK_SignInFailures (Key)
        table UsedNonces
          Hash varbinary(32)
          ExpiresAt datetimeoffset(3)
          primary key PK_UsedNonces (Hash)
        table Users
          Id uniqueidentifier
          Kind nvarchar(10)
          GuestKeyHash varbinary(32)?
          Username nvarchar(30)
          NormalizedUsername nvarchar(30) Latin1_General_100_BIN2
          Email nvarchar(254)?
          NormalizedEmail nvarchar(254)? Latin1_General_100_BIN2
          EmailConfirmed bit
          PendingEmail nvarchar(254)?
          NormalizedPendingEmail nvarchar(254)? Latin1_General_100_BIN2
          PasswordHash nvarchar(256)?
          SecurityStamp nvarchar(64)
          MfaEnabled bit
          DisplayName nvarchar(80)?
          Locale nvarchar(35)
          TimeZone nvarchar(64)
          CreatedAt datetimeoffset(3)
          DisabledAt datetimeoffset(3)?
          DeletedAt datetimeoffset(3)?
          NotifiedByEmail bit
          NotifiedByPush bit
          QuietFrom time?
          QuietTo time?
          primary key PK_Users (Id)
        table RoleClaims
          Id int identity
          RoleId uniqueidentifier
          ClaimType nvarchar(100)
          ClaimValue nvarchar(100)
          primary key PK_RoleClaims (Id)
          foreign key FK_RoleClaims_Roles_RoleId (RoleId) to Roles (Id) on delete Cascade
        table AccountTokens
          UserId uniqueidentifier
          Purpose nvarchar(30)
          Nonce uniqueidentifier
          ExpiresAt datetimeoffset(3)
          primary key PK_AccountTokens (UserId, Purpose)
          foreign key FK_AccountTokens_Users_UserId (UserId) to Users (Id) on delete Cascade
        table ChangeCounters
          OwnerId uniqueidentifier
          Value bigint
          LastListVersion bigint
          PurgedThrough bigint
          TaskCount int
          IsGuest bit
          TimeZone nvarchar(64)
          RescheduledThrough uniqueidentifier?
          primary key PK_ChangeCounters (OwnerId)
          foreign key FK_ChangeCounters_Users_OwnerId (OwnerId) to Users (Id) on delete Cascade
        table Identities
          Id uniqueidentifier
          OwnerId uniqueidentifier
          Provider nvarchar(30)
          Issuer nvarchar(200) Latin1_General_100_BIN2
          Subject nvarchar(255) Latin1_General_100_BIN2
          Email nvarchar(254)?
          CreatedAt datetimeoffset(3)
          LastUsedAt datetimeoffset(3)
          GrantClientId nvarchar(200)?
          GrantToken nvarchar(2000)?
          primary key PK_Identities (Id)
          foreign key FK_Identities_Users_OwnerId (OwnerId) to Users (Id) on delete Cascade
        table Lists
          Id uniqueidentifier
          OwnerId uniqueidentifier
          Name nvarchar(100)
          Color nvarchar(7)?
          Position nvarchar(64) Latin1_General_100_BIN2
          ArchivedAt datetimeoffset(3)?
          CreatedAt datetimeoffset(3)
          UpdatedAt datetimeoffset(3)
          DeletedAt datetimeoffset(3)?
          Version bigint
          CreatedVersion bigint
          EmptyThrough bigint?
          primary key PK_Lists (OwnerId, Id)
          foreign key FK_Lists_Users_OwnerId (OwnerId) to Users (Id) on delete Cascade
        table MfaFactors
          UserId uniqueidentifier
          Seed varbinary(max)
          ConfirmedAt datetimeoffset(3)?
          LastUsedStep bigint
          primary key PK_MfaFactors (UserId)
          foreign key FK_MfaFactors_Users_UserId (UserId) to Users (Id) on delete Cascade
        table Notifications
          Id uniqueidentifier
          OwnerId uniqueidentifier
          Type nvarchar(30)
          TaskId uniqueidentifier
          Title nvarchar(200)
          DueAt datetimeoffset(3)
          MinutesBefore int?
          CreatedAt datetimeoffset(3)
          ReadAt datetimeoffset(3)?
          SnoozedUntil datetimeoffset(3)?
          MailId uniqueidentifier?
          Sequence bigint
          primary key PK_Notifications (OwnerId, Id)
          foreign key FK_Notifications_Users_OwnerId (OwnerId) to Users (Id) on delete Cascade
        table OutboxMails
          Id uniqueidentifier
          Kind nvarchar(30)
          UserId uniqueidentifier?
          Address nvarchar(254)?
          CanWait bit
          Data nvarchar(max)
          Status nvarchar(30)
          CreatedAt datetimeoffset(3)
          NextAttemptAt datetimeoffset(3)
          Attempts int
          FinishedAt datetimeoffset(3)?
          LastError nvarchar(200)?
          primary key PK_OutboxMails (Id)
          foreign key FK_OutboxMails_Users_UserId (UserId) to Users (Id) on delete Cascade
        table Passkeys
          CredentialId varbinary(512)
          UserId uniqueidentifier
          Data nvarchar(max)
          primary key PK_Passkeys (CredentialId)
          foreign key FK_Passkeys_Users_UserId (UserId) to Users (Id) on delete Cascade
        table RecoveryCodes
          UserId uniqueidentifier
          Hash binary(32)
          primary key PK_RecoveryCodes (UserId, Hash)
          foreign key FK_RecoveryCodes_Users_UserId (UserId) to Users (Id) on delete Cascade
        table Sessions
          Id uniqueidentifier
          OwnerId uniqueidentifier
          Device nvarchar(100)?
          IpAddress nvarchar(45)?
          IdentityId uniqueidentifier?
          CreatedAt datetimeoffset(3)
          AuthenticatedAt datetimeoffset(3)?
          LastUsedAt datetimeoffset(3)
          ExpiresAt datetimeoffset(3)
          RefreshCounter int
          PreviousCounter int
          IsUsed bit
          RefreshedAt datetimeoffset(3)?
          ReauthenticatedUntil datetimeoffset(3)?
          ReauthenticationStamp nvarchar(64)?
          RevokedAt datetimeoffset(3)?
          RevokedReason nvarchar(30)?
          primary key PK_Sessions (Id)
          foreign key FK_Sessions_Users_OwnerId (OwnerId) to Users (Id) on delete Cascade
        table Tasks
          Id uniqueidentifier
          OwnerId uniqueidentifier
          Title nvarchar(200)
          Description nvarchar(4000)?
          Status int
          Priority int
          ListId uniqueidentifier?
          Position nvarchar(64) Latin1_General_100_BIN2
          Checklist nvarchar(max)
          CreatedAt datetimeoffset(3)
          UpdatedAt datetimeoffset(3)
          CompletedAt datetimeoffset(3)?
          DeletedAt datetimeoffset(3)?
          Version bigint
          CreatedVersion bigint
          Due nvarchar(88)?
          Reminders nvarchar(30)
          DueAt datetimeoffset(3)?
          DueTimeZone nvarchar(64)?
          NextAlertAt datetimeoffset(3)?
          Alerts nvarchar(max)
          SeriesId uniqueidentifier?
          Occurrence date?
          NextOccurrence date?
          HasMissed bit
          Streak int
          IsUntouched bit
          LabelKeys nvarchar(max)
          PositionKey nvarchar(101) Latin1_General_100_BIN2
          SearchText nvarchar(max) Latin1_General_100_BIN2
          TitleKey nvarchar(200) Latin1_General_100_BIN2
          Labels nvarchar(1040) Latin1_General_100_BIN2
          Recurrence nvarchar(511)?
          primary key PK_Tasks (OwnerId, Id)
          foreign key FK_Tasks_Users_OwnerId (OwnerId) to Users (Id) on delete Cascade
        table UnusedChallengeTokens
          Id uniqueidentifier
          Purpose nvarchar(30)
          UserId uniqueidentifier?
          ExpiresAt datetimeoffset(3)
          primary key PK_UnusedChallengeTokens (Id)
          foreign key FK_UnusedChallengeTokens_Users_UserId (UserId) to Users (Id) on delete Cascade
        table UserRoles
          UserId uniqueidentifier
          RoleId uniqueidentifier
          primary key PK_UserRoles (UserId, RoleId)
          foreign key FK_UserRoles_Roles_RoleId (RoleId) to Roles (Id) on delete Cascade
          foreign key FK_UserRoles_Users_UserId (UserId) to Users (Id) on delete Cascade
        table Devices
          OwnerId uniqueidentifier
          Id uniqueidentifier
          SessionId uniqueidentifier
          Platform nvarchar(10)
          Address nvarchar(2000)
          AddressHash varbinary(32)
          P256dh nvarchar(88)?
          Auth nvarchar(88)?
          Locale nvarchar(35)?
          Preview bit
          CreatedAt datetimeoffset(3)
          LastSeenAt datetimeoffset(3)
          primary key PK_Devices (OwnerId, Id)
          foreign key FK_Devices_Sessions_SessionId (SessionId) to Sessions (Id) on delete Cascade
        table PushDeliveries
          Id uniqueidentifier
          OwnerId uniqueidentifier
          DeviceId uniqueidentifier
          MessageId uniqueidentifier
          Kind nvarchar(20)
          CreatedAt datetimeoffset(3)
          NextAttemptAt datetimeoffset(3)
          Attempts int
          SentAt datetimeoffset(3)?
          primary key PK_PushDeliveries (Id)
          foreign key FK_PushDeliveries_Devices_OwnerId_DeviceId (OwnerId, DeviceId) to Devices (OwnerId, Id) on delete Cascade
        index IX_AuditEvents_ActorId_At_Id on AuditEvents (ActorId, At, Id)
        index IX_AuditEvents_At_Id on AuditEvents (At, Id)
        index IX_AuditEvents_SubjectId_At_Id on AuditEvents (SubjectId, At, Id)
        index IX_AuditEvents_Type_At_Id on AuditEvents (Type, At, Id)
        index IX_ChangeCounters_RescheduledThrough on ChangeCounters (RescheduledThrough) filtered
        unique index IX_Devices_Address on Devices (AddressHash)
        index IX_Devices_SessionId on Devices (SessionId)
        index IX_Identities_OwnerId on Identities (OwnerId)
        unique index IX_Identities_Subject on Identities (Subject, Issuer)
        index IX_IdentityRevocations_NextAttemptAt on IdentityRevocations (NextAttemptAt)
        index IX_IdentityRevocations_SubjectHash on IdentityRevocations (SubjectHash)
        index IX_Lists_Archived on Lists (OwnerId, Id, ArchivedAt) filtered
        index IX_Lists_DeletedAt on Lists (DeletedAt) filtered
        index IX_Lists_EmptyThrough on Lists (EmptyThrough) filtered
        unique index IX_Lists_Id on Lists (Id)
        index IX_Lists_OwnerId_Version on Lists (OwnerId, Version)
        index IX_Notifications_CreatedAt on Notifications (CreatedAt)
        index IX_Notifications_List on Notifications (OwnerId, Sequence, Id)
        index IX_Notifications_MailId on Notifications (MailId) filtered
        unique index IX_Notifications_Sequence on Notifications (Sequence)
        index IX_Notifications_Unread on Notifications (OwnerId, Sequence, Id) filtered
        index IX_OutboxMails_Address on OutboxMails (Address) filtered
        index IX_OutboxMails_CanWait_NextAttemptAt on OutboxMails (CanWait, NextAttemptAt) filtered
        index IX_OutboxMails_FinishedAt on OutboxMails (FinishedAt) filtered
        index IX_OutboxMails_UserId on OutboxMails (UserId)
        index IX_Passkeys_UserId on Passkeys (UserId)
        index IX_PushDeliveries_CreatedAt on PushDeliveries (CreatedAt)
        index IX_PushDeliveries_NextAttemptAt_Kind on PushDeliveries (NextAttemptAt, Kind) filtered
        index IX_PushDeliveries_OwnerId_DeviceId on PushDeliveries (OwnerId, DeviceId)
        unique index IX_PushDeliveries_OwnerId_MessageId_DeviceId on PushDeliveries (OwnerId, MessageId, DeviceId)
        index IX_PushDeliveries_OwnerId_SentAt_DeviceId on PushDeliveries (OwnerId, SentAt, DeviceId)
        index IX_RoleClaims_RoleId on RoleClaims (RoleId)
        unique index IX_Roles_NormalizedName on Roles (NormalizedName)
        index IX_Sessions_ExpiresAt on Sessions (ExpiresAt)
        index IX_Sessions_OwnerId_CreatedAt on Sessions (OwnerId, CreatedAt)
        index IX_Sessions_RevokedAt on Sessions (RevokedAt) filtered
        index IX_SignInFailures_EndsAt on SignInFailures (EndsAt)
        index IX_SignInFailures_LoginKey on SignInFailures (LoginKey) filtered
        index IX_Tasks_CreatedAt on Tasks (OwnerId, CreatedAt, CreatedVersion, ListId) filtered
        index IX_Tasks_DeletedAt on Tasks (DeletedAt) filtered
        index IX_Tasks_DueAt on Tasks (OwnerId, DueAt, CreatedVersion, ListId) filtered
        unique index IX_Tasks_Id on Tasks (Id)
        index IX_Tasks_ListId on Tasks (OwnerId, ListId, PositionKey, CreatedVersion) filtered
        index IX_Tasks_NextAlertAt on Tasks (NextAlertAt) filtered
        unique index IX_Tasks_Position on Tasks (OwnerId, PositionKey) filtered
        index IX_Tasks_Priority on Tasks (OwnerId, Priority, CreatedVersion) filtered
        index IX_Tasks_Series on Tasks (OwnerId, SeriesId, Occurrence, Streak) filtered
        index IX_Tasks_SeriesCreatedAt on Tasks (OwnerId, SeriesId, CreatedAt, CreatedVersion) filtered
        index IX_Tasks_Summary on Tasks (OwnerId, Status, Priority, ListId, DueAt, DeletedAt) filtered
        index IX_Tasks_TitleKey on Tasks (OwnerId, TitleKey, CreatedVersion) filtered
        unique index IX_Tasks_Trash on Tasks (OwnerId, Version) filtered
        unique index IX_Tasks_Version on Tasks (OwnerId, Version) filtered
        index IX_UnusedChallengeTokens_ExpiresAt on UnusedChallengeTokens (ExpiresAt)
        index IX_UnusedChallengeTokens_UserId on UnusedChallengeTokens (UserId)
        index IX_UsedNonces_ExpiresAt on UsedNonces (ExpiresAt)
        index IX_UserRoles_RoleId on UserRoles (RoleId)
        index IX_Users_CreatedAt_Id on Users (CreatedAt, Id)
        index IX_Users_DeletedAt on Users (DeletedAt) filtered
        unique index IX_Users_GuestKey on Users (GuestKeyHash) filtered
        index IX_Users_Guests on Users (Id, CreatedAt) filtered
        unique index IX_Users_NormalizedEmail on Users (NormalizedEmail) filtered
        index IX_Users_NormalizedPendingEmail on Users (NormalizedPendingEmail) filtered
        unique index IX_Users_NormalizedUsername on Users (NormalizedUsername)
        index IX_Users_Unconfirmed on Users (CreatedAt) filtered
        """;

    [TestCase(MigrationsSqlGenerationOptions.Default)]
    [TestCase(MigrationsSqlGenerationOptions.Idempotent)]
    public void The_script_creates_these_tables_keys_and_indexes(MigrationsSqlGenerationOptions options)
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);

        var script = context.GetService<IMigrator>().GenerateScript(options: options);

        Assert.That(SqlServerSchema.Describe(script), Is.EqualTo(Expected.Split('\n')));
    }

    [TestCase(MigrationsSqlGenerationOptions.Default)]
    [TestCase(MigrationsSqlGenerationOptions.Idempotent)]
    public void An_index_is_built_online_where_the_edition_supports_it_and_the_table_may_have_rows(
        MigrationsSqlGenerationOptions options
    )
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var operation = new CreateIndexOperation
        {
            Name = "IX_Tasks_Later",
            Table = "Tasks",
            Columns = ["OwnerId", "UpdatedAt"],
        };

        var script = string.Join(
            "\nGO\n",
            context
                .GetService<IMigrationsSqlGenerator>()
                .Generate([operation], null, options)
                .Select(each => each.CommandText)
        );

        Assert.That(
            SqlServerSchema.DescribeOnline(script),
            Is.Not.Empty.And.EqualTo(
                SqlServerSchema.Describe(script).Where(line => line.Contains("index ", StringComparison.Ordinal))
            )
        );
        Assert.That(script, Does.Contain("IF CAST(SERVERPROPERTY('EngineEdition') AS int) IN (3, 5, 8)"));
        var initial = context.GetService<IMigrator>().GenerateScript(null, null, options);
        Assert.That(SqlServerSchema.DescribeOnline(initial), Is.Empty, "A new table is empty.");
    }
}
