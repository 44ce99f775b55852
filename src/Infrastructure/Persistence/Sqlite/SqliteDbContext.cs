using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>The context for SQLite.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : AppDbContext(options)
{
    // These are SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.
    private const int UniqueViolation = 2067;
    private const int PrimaryKeyViolation = 1555;

    // This is SQLITE_CONSTRAINT_FOREIGNKEY.
    private const int ForeignKeyViolation = 787;

    // These are SQLITE_BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL and NOTADB.
    private static readonly int[] OutageCodes = [5, 6, 8, 10, 11, 13, 14, 15, 26];

    internal override string? BinaryCollation => null;

    // Tests of what SQL Server may repeat use SQLite with a strategy that retries.
    internal override bool HasOneWriter => !Database.CreateExecutionStrategy().RetriesOnFailure;

    internal override bool IsUniqueViolation(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation };

    internal override bool IsMissingOwner(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: ForeignKeyViolation };

    public static bool IsOutage(SqliteException exception) => OutageCodes.Contains(exception.SqliteErrorCode);

    internal override Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken) =>
        ((PooledConnection)Database.GetDbConnection()).WriteAsync(
            () => base.WriteAsync(write, cancellationToken),
            cancellationToken
        );

    /// <summary>Opens a file without the connection pool of the server, to maintain the database as a whole.</summary>
    public static SqliteDbContext Open(string connectionString) =>
        new(
            new DbContextOptionsBuilder<SqliteDbContext>()
                .UseSqlite(
                    new SqliteConnectionStringBuilder(connectionString)
                    {
                        ForeignKeys = true,
                        Pooling = false,
                    }.ToString()
                )
                .Options
        );

    // SQLite has no type for times, and cannot sort or compare their text form.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();

    // The converter is not private, because the compiled model creates it.
    internal sealed class UtcTicksConverter()
        : ValueConverter<DateTimeOffset, long>(
            time => time.UtcTicks,
            ticks => new DateTimeOffset(ticks, TimeSpan.Zero)
        );
}
