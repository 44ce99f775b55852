using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fitnessify.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Orders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_CreatedAt",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_DueOrFirst",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_DueOrLast",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Priority",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_TitleKey",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Trash",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_UpdatedAt",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "DueOrLast",
                table: "Tasks");

            migrationBuilder.AddColumn<long>(
                name: "DueOrLast",
                table: "Tasks",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.DropColumn(
                name: "DueOrFirst",
                table: "Tasks");

            migrationBuilder.AddColumn<long>(
                name: "DueOrFirst",
                table: "Tasks",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "CreatedVersion",
                table: "Tasks",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "LabelKeys",
                table: "Tasks",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "NotifiedDueAt",
                table: "Tasks",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: true);

            migrationBuilder.InsertData(
                table: "Sequences",
                columns: new[] { "Name", "Value" },
                values: new object[] { "Epoch", 0L });

            // What is folded is right for ASCII; of all else with the next change of the task. By EXEC, because there are no such
            // columns yet when a script is parsed.
            migrationBuilder.Sql(
                """
                EXEC(N'UPDATE Tasks SET CreatedVersion = Version, LabelKeys = UPPER(Labels), NotifiedDueAt = CASE WHEN UnsettledDueAt IS NULL AND ((Status IN (0, 1) AND DeletedAt IS NULL)
                    OR EXISTS (SELECT 1 FROM Notifications WHERE TaskId = Tasks.Id AND Notifications.DueAt = Tasks.DueAt))
                    THEN DueAt END,
                    DueOrLast = ISNULL(DATEDIFF_BIG(millisecond, CAST(''0001-01-01T00:00:00Z'' AS datetimeoffset(3)), DueAt) * 10000, 9223372036854775807),
                    DueOrFirst = ISNULL(DATEDIFF_BIG(millisecond, CAST(''0001-01-01T00:00:00Z'' AS datetimeoffset(3)), DueAt) * 10000, -9223372036854775808)');
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_CreatedAt",
                table: "Tasks",
                columns: new[] { "OwnerId", "CreatedAt", "CreatedVersion" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DueOrFirst",
                table: "Tasks",
                columns: new[] { "OwnerId", "DueOrFirst", "CreatedVersion" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DueOrLast",
                table: "Tasks",
                columns: new[] { "OwnerId", "DueOrLast", "CreatedVersion" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Priority",
                table: "Tasks",
                columns: new[] { "OwnerId", "Priority", "CreatedVersion" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_TitleKey",
                table: "Tasks",
                columns: new[] { "OwnerId", "TitleKey", "CreatedVersion" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Trash",
                table: "Tasks",
                columns: new[] { "OwnerId", "UpdatedAt", "CreatedVersion" },
                filter: "DeletedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_UpdatedAt",
                table: "Tasks",
                columns: new[] { "OwnerId", "UpdatedAt", "CreatedVersion" },
                filter: "DeletedAt IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Tasks_CreatedAt",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_DueOrFirst",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_DueOrLast",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Priority",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_TitleKey",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_Trash",
                table: "Tasks");

            migrationBuilder.DropIndex(
                name: "IX_Tasks_UpdatedAt",
                table: "Tasks");

            migrationBuilder.DeleteData(
                table: "Sequences",
                keyColumn: "Name",
                keyValue: "Epoch");

            migrationBuilder.DropColumn(
                name: "CreatedVersion",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "LabelKeys",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "NotifiedDueAt",
                table: "Tasks");

            migrationBuilder.DropColumn(
                name: "DueOrLast",
                table: "Tasks");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DueOrLast",
                table: "Tasks",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: DateTimeOffset.MinValue);

            migrationBuilder.DropColumn(
                name: "DueOrFirst",
                table: "Tasks");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DueOrFirst",
                table: "Tasks",
                type: "datetimeoffset(3)",
                precision: 3,
                nullable: false,
                defaultValue: DateTimeOffset.MinValue);

            migrationBuilder.Sql(
                """
                EXEC(N'UPDATE Tasks SET DueOrLast = ISNULL(DueAt, ''9999-12-31T23:59:59.999Z''),
                    DueOrFirst = ISNULL(DueAt, ''0001-01-01T00:00:00Z'')');
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_CreatedAt",
                table: "Tasks",
                columns: new[] { "OwnerId", "CreatedAt", "Id" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DueOrFirst",
                table: "Tasks",
                columns: new[] { "OwnerId", "DueOrFirst", "Id" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_DueOrLast",
                table: "Tasks",
                columns: new[] { "OwnerId", "DueOrLast", "Id" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Priority",
                table: "Tasks",
                columns: new[] { "OwnerId", "Priority", "Id" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_TitleKey",
                table: "Tasks",
                columns: new[] { "OwnerId", "TitleKey", "Id" },
                filter: "DeletedAt IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_Trash",
                table: "Tasks",
                columns: new[] { "OwnerId", "UpdatedAt", "Id" },
                filter: "DeletedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Tasks_UpdatedAt",
                table: "Tasks",
                columns: new[] { "OwnerId", "UpdatedAt", "Id" },
                filter: "DeletedAt IS NULL");
        }
    }
}
