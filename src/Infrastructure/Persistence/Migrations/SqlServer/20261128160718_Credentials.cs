using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Fitnessify.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Credentials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UnusedTickets");

            migrationBuilder.AddColumn<bool>(
                name: "IsUsed",
                table: "Sessions",
                type: "bit",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<int>(
                name: "PreviousCounter",
                table: "Sessions",
                type: "int",
                nullable: false,
                defaultValue: 0);

            // As if each newest token had been used already: nothing is known of it.
            migrationBuilder.Sql("""UPDATE "Sessions" SET "PreviousCounter" = "RefreshCounter" - 1""");

            migrationBuilder.AddColumn<string>(
                name: "Method",
                table: "AuditEvents",
                type: "nvarchar(50)",
                maxLength: 50,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "UnusedChallengeTokens",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Purpose = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnusedChallengeTokens", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UnusedChallengeTokens_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UnusedChallengeTokens_ExpiresAt",
                table: "UnusedChallengeTokens",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_UnusedChallengeTokens_UserId",
                table: "UnusedChallengeTokens",
                column: "UserId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UnusedChallengeTokens");

            migrationBuilder.DropColumn(
                name: "IsUsed",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "PreviousCounter",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "Method",
                table: "AuditEvents");

            migrationBuilder.CreateTable(
                name: "UnusedTickets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ExpiresAt = table.Column<DateTimeOffset>(type: "datetimeoffset(3)", precision: 3, nullable: false),
                    Purpose = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnusedTickets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_UnusedTickets_Users_UserId",
                        column: x => x.UserId,
                        principalTable: "Users",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UnusedTickets_ExpiresAt",
                table: "UnusedTickets",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_UnusedTickets_UserId",
                table: "UnusedTickets",
                column: "UserId");
        }
    }
}
