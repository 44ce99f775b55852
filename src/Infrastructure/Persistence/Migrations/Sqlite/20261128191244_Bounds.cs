using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fitnessify.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Bounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_NextAttemptAt",
                table: "OutboxMails");

            migrationBuilder.AddColumn<long>(
                name: "DeletedAt",
                table: "Users",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "LoginKey",
                table: "SignInFailures",
                type: "BLOB",
                fixedLength: true,
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "CanWait",
                table: "OutboxMails",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "MailId",
                table: "Notifications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "TaskCount",
                table: "ChangeCounters",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.Sql(
                """UPDATE "ChangeCounters" SET "TaskCount" = (SELECT COUNT(*) FROM "Tasks" WHERE "Tasks"."OwnerId" = "ChangeCounters"."OwnerId")""");
            migrationBuilder.Sql("""UPDATE "OutboxMails" SET "CanWait" = 1 WHERE "Kind" = 'TaskOverdue'""");

            migrationBuilder.CreateIndex(
                name: "IX_Users_DeletedAt",
                table: "Users",
                column: "DeletedAt",
                filter: "DeletedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Users_Unconfirmed",
                table: "Users",
                column: "CreatedAt",
                filter: "EmailConfirmed = 0");

            migrationBuilder.CreateIndex(
                name: "IX_SignInFailures_LoginKey",
                table: "SignInFailures",
                column: "LoginKey",
                filter: "LoginKey IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_CanWait_NextAttemptAt",
                table: "OutboxMails",
                columns: new[] { "CanWait", "NextAttemptAt" },
                filter: "FinishedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_MailId",
                table: "Notifications",
                column: "MailId",
                filter: "MailId IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Users_DeletedAt",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_Users_Unconfirmed",
                table: "Users");

            migrationBuilder.DropIndex(
                name: "IX_SignInFailures_LoginKey",
                table: "SignInFailures");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMails_CanWait_NextAttemptAt",
                table: "OutboxMails");

            migrationBuilder.DropIndex(
                name: "IX_Notifications_MailId",
                table: "Notifications");

            migrationBuilder.DropColumn(
                name: "DeletedAt",
                table: "Users");

            migrationBuilder.DropColumn(
                name: "LoginKey",
                table: "SignInFailures");

            migrationBuilder.DropColumn(
                name: "CanWait",
                table: "OutboxMails");

            migrationBuilder.DropColumn(
                name: "MailId",
                table: "Notifications");

            migrationBuilder.DropColumn(
                name: "TaskCount",
                table: "ChangeCounters");

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMails_NextAttemptAt",
                table: "OutboxMails",
                column: "NextAttemptAt",
                filter: "FinishedAt IS NULL");
        }
    }
}
