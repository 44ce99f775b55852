using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Fitnessify.Infrastructure.Persistence.SqlServer;

/// <summary>What is particular about SQL Server.</summary>
internal sealed class SqlServerDbContext(DbContextOptions<SqlServerDbContext> options) : AppDbContext(options)
{
    // Duplicate key in a unique index, and in a constraint.
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateConstraintKey = 2627;

    private const int ForeignKeyViolation = 547;

    // Errors of this class and above are about resources, hardware and the connection, not about the statement.
    private const byte FirstResourceClass = 17;

    // Timeout, deadlock victim, lock timeout, database read-only or not available, too many workers or sessions in use (Azure
    // SQL), login refused.
    private static readonly int[] OutageNumbers = [-2, 1205, 1222, 3906, 4060, 10928, 10929, 18456];

    /// <summary>Has a context use SQL Server.</summary>
    /// <param name="builder">Its options.</param>
    /// <param name="connectionString">Where the server is.</param>
    /// <param name="more">How else it is used.</param>
    public static DbContextOptionsBuilder Use(
        DbContextOptionsBuilder builder,
        string connectionString,
        Action<SqlServerDbContextOptionsBuilder>? more = null
    ) => builder.UseSqlServer(connectionString, more).ReplaceService<IMigrationsSqlGenerator, OnlineIndexes>();

    /// <summary>A context of one's own, which tries nothing again.</summary>
    public static SqlServerDbContext Open(string connectionString)
    {
        var builder = new DbContextOptionsBuilder<SqlServerDbContext>();
        Use(builder, connectionString);
        return new SqlServerDbContext(builder.Options);
    }

    internal override string BinaryCollation => "Latin1_General_100_BIN2";

    internal override bool IsUniqueViolation(DbException exception) =>
        exception is SqlException { Number: DuplicateIndexKey or DuplicateConstraintKey };

    internal override bool IsMissingOwner(DbException exception) =>
        exception is SqlException { Number: ForeignKeyViolation };

    public static bool IsOutage(SqlException exception) =>
        exception.Class >= FirstResourceClass || OutageNumbers.Contains(exception.Number);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HavePrecision(3);
}
