using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Fitnessify.Infrastructure.Persistence.SqlServer;

/// <summary>The context for SQL Server.</summary>
internal sealed class SqlServerDbContext(DbContextOptions<SqlServerDbContext> options) : AppDbContext(options)
{
    // SQL Server reports a duplicate key differently for a unique index and for a constraint.
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateConstraintKey = 2627;

    private const int ForeignKeyViolation = 547;

    // Errors from this severity on are about resources, hardware and the connection, not about the statement.
    private const byte FirstResourceClass = 17;

    // These are timeout, deadlock victim, lock timeout, database read-only or not available, too many workers or sessions
    // (Azure SQL), and failed login.
    private static readonly int[] OutageNumbers = [-2, 1205, 1222, 3906, 4060, 10928, 10929, 18456];

    /// <summary>Configures a context for SQL Server.</summary>
    /// <param name="builder">The options of the context.</param>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="more">Further configuration of the provider.</param>
    public static DbContextOptionsBuilder Use(
        DbContextOptionsBuilder builder,
        string connectionString,
        Action<SqlServerDbContextOptionsBuilder>? more = null
    ) => builder.UseSqlServer(connectionString, more).ReplaceService<IMigrationsSqlGenerator, OnlineIndexes>();

    /// <summary>Opens a context without retries, to maintain the database as a whole.</summary>
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
