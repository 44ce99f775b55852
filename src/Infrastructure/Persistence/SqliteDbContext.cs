using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>What is particular about SQLite.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : AppDbContext(options)
{
    // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY.
    private const int UniqueViolation = 2067;
    private const int PrimaryKeyViolation = 1555;

    // SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL.
    private static readonly int[] OutageCodes = [5, 6, 8, 10, 13, 14, 15];

    internal override string? BinaryCollation => null;

    internal override bool IsUniqueViolation(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: UniqueViolation or PrimaryKeyViolation };

    public static bool IsOutage(SqliteException exception) => OutageCodes.Contains(exception.SqliteErrorCode);

    internal override async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        using var turn = await SqliteWriteGate.EnterAsync(Database.GetConnectionString()!, cancellationToken);
        return await write();
    }

    internal override async Task<long> RaiseCounterAsync(Guid ownerId, int by, CancellationToken cancellationToken) =>
        (
            await Database
                .SqlQuery<long>(
                    $"""
                    UPDATE "ChangeCounters" SET "Value" = "Value" + {by} WHERE "OwnerId" = {ownerId} RETURNING "Value"
                    """
                )
                .ToListAsync(cancellationToken)
        ).Single();

    // SQLite has no type for it and cannot order or compare the text form.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();

    private sealed class UtcTicksConverter()
        : ValueConverter<DateTimeOffset, long>(
            time => time.UtcTicks,
            ticks => new DateTimeOffset(ticks, TimeSpan.Zero)
        );
}
