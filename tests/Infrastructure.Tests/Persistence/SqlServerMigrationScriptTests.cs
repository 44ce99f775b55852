using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SqlServerMigrationScriptTests
{
    // A question mark stands for a column that may be null.
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
          primary key PK_AuditEvents (Id)
        table DataProtectionKeys
          Id int
          FriendlyName nvarchar(100)
          Xml nvarchar(max)
          primary key PK_DataProtectionKeys (Id)
        table Roles
          Id uniqueidentifier
          Name nvarchar(50)
          NormalizedName nvarchar(50) Latin1_General_100_BIN2
          ConcurrencyStamp nvarchar(50)?
          primary key PK_Roles (Id)
        table ServerSecrets
          Name nvarchar(50)
          Value varbinary(max)
          primary key PK_ServerSecrets (Name)
        table SignInFailures
          Key binary(32)
          Count int
          EndsAt datetimeoffset(3)
          primary key PK_SignInFailures (Key)
        table Users
          Id uniqueidentifier
          CreatedAt datetimeoffset(3)
          DisabledAt datetimeoffset(3)?
          UserName nvarchar(30)
          NormalizedUserName nvarchar(30) Latin1_General_100_BIN2
          Email nvarchar(254)
          NormalizedEmail nvarchar(254) Latin1_General_100_BIN2
          EmailConfirmed bit
          PasswordHash nvarchar(256)
          SecurityStamp nvarchar(64)?
          ConcurrencyStamp nvarchar(64)?
          TwoFactorEnabled bit
          primary key PK_Users (Id)
        table RoleClaims
          Id int identity
          RoleId uniqueidentifier
          ClaimType nvarchar(100)
          ClaimValue nvarchar(100)
          primary key PK_RoleClaims (Id)
          foreign key FK_RoleClaims_Roles_RoleId (RoleId) to Roles (Id) on delete Cascade
        table Sessions
          Id uniqueidentifier
          OwnerId uniqueidentifier
          Device nvarchar(100)?
          IpAddress nvarchar(45)?
          CreatedAt datetimeoffset(3)
          LastUsedAt datetimeoffset(3)
          ExpiresAt datetimeoffset(3)
          RefreshCounter int
          RefreshedAt datetimeoffset(3)?
          RevokedAt datetimeoffset(3)?
          RevokedReason nvarchar(30)?
          primary key PK_Sessions (Id)
          foreign key FK_Sessions_Users_OwnerId (OwnerId) to Users (Id) on delete Cascade
        table UserClaims
          Id int identity
          UserId uniqueidentifier
          ClaimType nvarchar(max)?
          ClaimValue nvarchar(max)?
          primary key PK_UserClaims (Id)
          foreign key FK_UserClaims_Users_UserId (UserId) to Users (Id) on delete Cascade
        table UserLogins
          LoginProvider nvarchar(128)
          ProviderKey nvarchar(128)
          ProviderDisplayName nvarchar(max)?
          UserId uniqueidentifier
          primary key PK_UserLogins (LoginProvider, ProviderKey)
          foreign key FK_UserLogins_Users_UserId (UserId) to Users (Id) on delete Cascade
        table UserRoles
          UserId uniqueidentifier
          RoleId uniqueidentifier
          primary key PK_UserRoles (UserId, RoleId)
          foreign key FK_UserRoles_Roles_RoleId (RoleId) to Roles (Id) on delete Cascade
          foreign key FK_UserRoles_Users_UserId (UserId) to Users (Id) on delete Cascade
        table UserTokens
          UserId uniqueidentifier
          LoginProvider nvarchar(128)
          Name nvarchar(128)
          Value nvarchar(max)?
          primary key PK_UserTokens (UserId, LoginProvider, Name)
          foreign key FK_UserTokens_Users_UserId (UserId) to Users (Id) on delete Cascade
        index IX_AuditEvents_SubjectId_At_Id on AuditEvents (SubjectId, At, Id)
        index IX_RoleClaims_RoleId on RoleClaims (RoleId)
        unique index IX_Roles_NormalizedName on Roles (NormalizedName)
        index IX_Sessions_OwnerId_CreatedAt on Sessions (OwnerId, CreatedAt)
        index IX_SignInFailures_EndsAt on SignInFailures (EndsAt)
        index IX_UserClaims_UserId on UserClaims (UserId)
        index IX_UserLogins_UserId on UserLogins (UserId)
        index IX_UserRoles_RoleId on UserRoles (RoleId)
        unique index IX_Users_NormalizedEmail on Users (NormalizedEmail)
        unique index IX_Users_NormalizedUserName on Users (NormalizedUserName)
        """;

    [TestCase(MigrationsSqlGenerationOptions.Default)]
    [TestCase(MigrationsSqlGenerationOptions.Idempotent)]
    public void Makes_these_tables_keys_and_indexes(MigrationsSqlGenerationOptions options)
    {
        using var context = new SqlServerDesignTimeFactory().CreateDbContext([]);

        var script = context.GetService<IMigrator>().GenerateScript(options: options);

        Assert.That(SqlServerSchema.Describe(script), Is.EqualTo(Expected.Split('\n')));
    }
}
