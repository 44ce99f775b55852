using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Changes;

/// <summary>
/// Gives changed tasks and lists their versions from the owner's change counter. Raising it makes all other writers of this
/// owner wait until the commit, so it comes before anything else is written.
/// </summary>
internal sealed class VersionStep(AppDbContext context, TaskOptions options) : ISaveStep
{
    // Adds {0} to the counter of owner {1}, and {2} to the number of tasks, and answers with the counter and the time zone. Does
    // nothing if there is no room for {4} tasks below {3}, or {5} of a guest; but {2} = 0 needs none.
    private const string SqliteRaise = """
        UPDATE "ChangeCounters" SET "Value" = "Value" + {0}, "TaskCount" = "TaskCount" + {2}
        WHERE "OwnerId" = {1}
            AND ({2} = 0 OR ("TaskCount" <= {3} - {4} AND ("IsGuest" = 0 OR "TaskCount" <= {5} - {4})))
        RETURNING "Value", "TimeZone";
        """;

    private const string SqlServerRaise = """
        UPDATE [ChangeCounters] SET [Value] = [Value] + {0}, [TaskCount] = [TaskCount] + {2} OUTPUT inserted.[Value], inserted.[TimeZone]
        WHERE [OwnerId] = {1}
            AND ({2} = 0 OR ([TaskCount] <= {3} - {4} AND ([IsGuest] = 0 OR [TaskCount] <= {5} - {4})));
        """;

    private readonly Dictionary<Guid, string> _timeZones = [];
    private List<EntityEntry<IVersioned>> _changed = [];

    public bool TakesPart()
    {
        _changed = context.VersionedChanges<IVersioned>();
        return _changed.Count > 0;
    }

    /// <summary>Returns the IANA name of the time zone of an owner whose counter this save has raised.</summary>
    public string TimeZoneOf(Guid ownerId) => _timeZones[ownerId];

    public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
    {
        foreach (var owned in _changed.GroupBy(entry => entry.Entity.OwnerId))
        {
            var added = owned.Count(entry => entry is { State: EntityState.Added, Entity: TaskItem });
            // The next tasks of series have a reserve, because without them the ones before could not be done at the limit.
            var limited = owned.Count(entry =>
                entry is { State: EntityState.Added, Entity: TaskItem { IsSuccessor: false } }
            );
            var reserved = added - TaskItem.SuccessorReserve;
            var room = limited > 0 ? Math.Max(limited, reserved) : reserved;
            if (await RaiseAsync(owned.Key, owned.Count(), added, room, cancellationToken) is not { } raised)
            {
                return CommonErrors.LimitReached;
            }

            _timeZones[owned.Key] = raised.TimeZone;
            var version = raised.Value - owned.Count();
            foreach (var entry in owned)
            {
                entry.Property(nameof(IVersioned.Version)).CurrentValue = ++version;
                if (entry.State == EntityState.Added)
                {
                    entry.Property(nameof(IVersioned.CreatedVersion)).CurrentValue = version;
                }
            }
        }

        return null;
    }

    /// <summary>Adds to the owner's counter and returns it with the time zone; null when the owner would have too many tasks.</summary>
    /// <exception cref="DbUpdateConcurrencyException">There is no counter, because the account is gone.</exception>
    internal async Task<(long Value, string TimeZone)?> RaiseAsync(
        Guid ownerId,
        int by,
        int added,
        int room,
        CancellationToken cancellationToken
    )
    {
        // Not by SqlQuery, which translates a query each time: this is the most frequent write of all.
        var command = context
            .GetService<IRawSqlCommandBuilder>()
            .Build(
                context is SqlServerDbContext ? SqlServerRaise : SqliteRaise,
                [by, ownerId, added, options.MaxPerUser, room, Math.Min(options.MaxPerUser, TaskItem.MaxPerGuest)],
                context.Model
            );
        await using var reader = await command.RelationalCommand.ExecuteReaderAsync(
            new RelationalCommandParameterObject(
                context.GetService<IRelationalConnection>(),
                command.ParameterValues,
                null,
                context,
                context.GetService<IRelationalCommandDiagnosticsLogger>()
            ),
            cancellationToken
        );
        if (await reader.ReadAsync(cancellationToken))
        {
            return (reader.DbDataReader.GetInt64(0), reader.DbDataReader.GetString(1));
        }

        // A connection has one reader at a time.
        await reader.DisposeAsync();
        return
            added > 0 && await context.ChangeCounters.AnyAsync(counter => counter.OwnerId == ownerId, cancellationToken)
            ? null
            : throw new DbUpdateConcurrencyException("There is no counter of this owner.");
    }
}
