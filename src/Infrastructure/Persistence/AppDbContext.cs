// Longer than 150 lines for its tables: each has its property, and the save that they take part in is beside them.
using System.Data.Common;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Identity;
using Fitnessify.Infrastructure.Persistence.Configurations;
using Fitnessify.Infrastructure.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>The database, and the unit of work on it. What differs between providers is in the two derived classes.</summary>
internal abstract class AppDbContext(DbContextOptions options)
    : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options),
        IUnitOfWork
{
    // With the lease they were given under: a context goes back to the pool with what its request has left unsaved.
    private SaveExtras? _extras;

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<TaskItem> Tasks => Set<TaskItem>();

    public DbSet<ChangeCounter> ChangeCounters => Set<ChangeCounter>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Sequence> Sequences => Set<Sequence>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<AccountToken> AccountTokens => Set<AccountToken>();

    public DbSet<UnusedTicket> UnusedTickets => Set<UnusedTicket>();

    public DbSet<StoredSecondFactor> SecondFactors => Set<StoredSecondFactor>();

    public DbSet<StoredRecoveryCode> RecoveryCodes => Set<StoredRecoveryCode>();

    public DbSet<SignInFailures> SignInFailures => Set<SignInFailures>();

    public DbSet<ServerSecret> ServerSecrets => Set<ServerSecret>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Under which name the provider compares keys byte by byte; null where that is the default.</summary>
    internal abstract string? BinaryCollation { get; }

    /// <summary>Whether the failure says that a unique index holds the value already.</summary>
    internal abstract bool IsUniqueViolation(DbException exception);

    /// <summary>Adds {0} to the change counter of owner {1} and answers with it; locks its row until the transaction ends.</summary>
    internal abstract string RaiseCounterSql { get; }

    /// <summary>Adds a set-based statement to the unit of work: it runs in the transaction of the save, after the entities.</summary>
    internal void OnSave(Func<CancellationToken, Task> statement) => Extras.Statements.Add(statement);

    /// <summary>What the next save does besides writing the entities.</summary>
    internal SaveExtras Extras =>
        _extras?.Lease == ContextId.Lease ? _extras : _extras = new SaveExtras(ContextId.Lease);

    /// <summary>Runs what writes. Every write of the application goes through here, so that a provider can queue them.</summary>
    internal virtual Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken) => write();

    async Task<Result> IUnitOfWork.SaveChangesAsync(CancellationToken cancellationToken)
    {
        // Once: whoever asks for the entries, and the save itself, would compare all members of all of them again.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        var changedSessions = ChangeTracker
            .Entries<Session>()
            .Where(entry => entry.State is EntityState.Modified or EntityState.Deleted)
            .Select(entry => entry.Entity.Id)
            .ToList();
        try
        {
            return await WriteAsync(() => SaveAllAsync(cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException exception)
        {
            ChangeTracker.Clear();
            return LostUpdates.ErrorFor(exception);
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is DbException cause
                && IsUniqueViolation(cause)
                && UniqueViolations.ErrorFor(Model, cause.Message) is { } error
            )
        {
            ChangeTracker.Clear();
            return error;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
            // Also when the answer got lost: whether the change is there is then for the database to say.
            this.GetService<LiveSessionCache>().Evict(changedSessions, Extras.Evicted);
            _extras = null;
        }
    }

    private async Task<Result> SaveAllAsync(CancellationToken cancellationToken)
    {
        var (numbering, extras) = (new Numbering(this), Extras);
        if (!extras.NeedsTransaction && !numbering.NeedsTransaction)
        {
            await SaveChangesAsync(cancellationToken);
            return Result.Success;
        }

        // After a lost connection the whole is done again; the changes count as saved only once it is committed.
        var refused = await Database
            .CreateExecutionStrategy()
            .ExecuteAsync(async () =>
            {
                // No savepoints: what fails here is undone as a whole.
                Database.AutoSavepointsEnabled = false;
                await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
                var error = await extras.BeginAsync(cancellationToken);
                if (error is null)
                {
                    await numbering.AssignAsync(cancellationToken);
                    await SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
                    error = await extras.EndAsync(cancellationToken);
                }

                await (
                    error is null
                        ? transaction.CommitAsync(cancellationToken)
                        : transaction.RollbackAsync(cancellationToken)
                );
                return error;
            });
        if (refused is not null)
        {
            ChangeTracker.Clear();
            return refused;
        }

        ChangeTracker.AcceptAllChanges();
        return Result.Success;
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        builder.CompareBytewise(BinaryCollation);
    }
}
