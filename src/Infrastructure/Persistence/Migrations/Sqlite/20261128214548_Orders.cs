using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fitnessify.Infrastructure.Persistence.Migrations.Sqlite
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

            migrationBuilder.AddColumn<long>(
                name: "CreatedVersion",
                table: "Tasks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "LabelKeys",
                table: "Tasks",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "NotifiedDueAt",
                table: "Tasks",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.InsertData(
                table: "Sequences",
                columns: new[] { "Name", "Value" },
                values: new object[] { "Epoch", 0L });

            // What is folded is right for ASCII; of all else with the next change of the task.
            migrationBuilder.Sql(
                """
                UPDATE Tasks SET CreatedVersion = Version, LabelKeys = upper(Labels), NotifiedDueAt = CASE WHEN UnsettledDueAt IS NULL AND ((Status IN (0, 1) AND DeletedAt IS NULL)
                    OR EXISTS (SELECT 1 FROM Notifications WHERE TaskId = Tasks.Id AND Notifications.DueAt = Tasks.DueAt))
                    THEN DueAt END;
                UPDATE Tasks SET DueOrLast = 9223372036854775807, DueOrFirst = -9223372036854775808 WHERE DueAt IS NULL;
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

            migrationBuilder.Sql("UPDATE Tasks SET DueOrLast = 3155378975999990000, DueOrFirst = 0 WHERE DueAt IS NULL;");

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
