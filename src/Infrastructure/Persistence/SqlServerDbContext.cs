using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>What is particular about SQL Server.</summary>
internal sealed class SqlServerDbContext(DbContextOptions<SqlServerDbContext> options) : AppDbContext(options)
{
    // Duplicate key in a unique index, and in a constraint.
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateConstraintKey = 2627;

    // Errors of this class and above are about resources, hardware and the connection, not about the statement.
    private const byte FirstResourceClass = 17;

    // Timeout, database not available, login refused, deadlock victim, lock timeout.
    private static readonly int[] OutageNumbers = [-2, 4060, 18456, 1205, 1222];

    internal override string BinaryCollation => "Latin1_General_100_BIN2";

    internal override bool IsUniqueViolation(DbException exception) =>
        exception is SqlException { Number: DuplicateIndexKey or DuplicateConstraintKey };

    public static bool IsOutage(SqlException exception) =>
        exception.Class >= FirstResourceClass || OutageNumbers.Contains(exception.Number);

    internal override string RaiseCounterSql =>
        "UPDATE [ChangeCounters] SET [Value] = [Value] + {0} OUTPUT inserted.[Value] WHERE [OwnerId] = {1};";

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HavePrecision(3);
}
