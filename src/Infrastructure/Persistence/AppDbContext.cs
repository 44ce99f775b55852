// Longer than 150 lines for its tables: each has its property, and the save that they take part in is beside them.
using System.Data.Common;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Mfa;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>The database, and the unit of work on it. What differs between providers is in the two derived classes.</summary>
internal abstract class AppDbContext(DbContextOptions options)
    : IdentityDbContext<AppUser, IdentityRole<Guid>, Guid>(options),
        IUnitOfWork
{
    // With the lease they were given under: a context goes back to the pool with what its request has left unsaved.
    private SaveExtras? _extras;

    /// <summary>The accounts that there are. No query filter of EF Core's: compiled models know none.</summary>
    public new IQueryable<AppUser> Users => Set<AppUser>().Where(user => user.DeletedAt == null);

    /// <summary>Those, and what is left of the deleted ones.</summary>
    public DbSet<AppUser> StoredUsers => Set<AppUser>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<TaskItem> Tasks => Set<TaskItem>();

    public DbSet<ChangeCounter> ChangeCounters => Set<ChangeCounter>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<Sequence> Sequences => Set<Sequence>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<AccountToken> AccountTokens => Set<AccountToken>();

    public DbSet<UnusedChallengeToken> UnusedChallengeTokens => Set<UnusedChallengeToken>();

    public DbSet<MfaFactor> MfaFactors => Set<MfaFactor>();

    public DbSet<RecoveryCodeHash> RecoveryCodes => Set<RecoveryCodeHash>();

    public DbSet<SignInFailures> SignInFailures => Set<SignInFailures>();

    public DbSet<ServerSecret> ServerSecrets => Set<ServerSecret>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Under which name the provider compares keys byte by byte; null where that is the default.</summary>
    internal abstract string? BinaryCollation { get; }

    /// <summary>Whether the failure says that a unique index holds the value already.</summary>
    internal abstract bool IsUniqueViolation(DbException exception);

    /// <summary>Whether the failure says that there is not (any more) what the row belongs to.</summary>
    internal abstract bool IsMissingOwner(DbException exception);

    /// <summary>
    /// Adds {0} to the change counter of owner {1}, and {2} to the tasks, and answers with the counter; locks its row until
    /// the transaction ends. Does nothing when there were new tasks and more than {3} with them.
    /// </summary>
    internal abstract string RaiseCounterSql { get; }

    /// <summary>Adds a set-based statement to the unit of work: it runs in the transaction of the save, after the entities.</summary>
    internal void OnSave(Func<CancellationToken, Task> statement) => Extras.Statements.Add(statement);

    /// <summary>What the next save does besides writing the entities.</summary>
    internal SaveExtras Extras =>
        _extras?.Lease == ContextId.Lease ? _extras : _extras = new SaveExtras(this, ContextId.Lease);

    /// <summary>
    /// Runs what writes. Every write of the use cases goes through here: so a provider can queue them, and one that is run
    /// again after a deadlock or a lost connection has left nothing behind the first time.
    /// </summary>
    /// <exception cref="CommitInDoubtException">Nobody knows whether it is written.</exception>
    internal virtual Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        var strategy = Database.CreateExecutionStrategy();
        return strategy.RetriesOnFailure
            ? strategy.ExecuteAsync(() => InTransactionAsync(write, cancellationToken))
            : write();
    }

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
            if (await WriteAsync(() => SaveAllAsync(cancellationToken), cancellationToken) is { } refused)
            {
                ChangeTracker.Clear();
                return refused;
            }

            // Not before the commit: until then the whole may have to be done again.
            ChangeTracker.AcceptAllChanges();
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException exception)
        {
            ChangeTracker.Clear();
            return LostUpdates.ErrorFor(exception);
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is DbException cause && IsMissingOwner(cause))
        {
            ChangeTracker.Clear();
            return SessionErrors.SessionRevoked;
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

    private async Task<Error?> SaveAllAsync(CancellationToken cancellationToken)
    {
        var (numbering, extras) = (new Numbering(this), Extras);
        if (Database.CurrentTransaction is null)
        {
            if (extras.NeedsTransaction || numbering.NeedsTransaction)
            {
                return await InTransactionAsync(() => SaveAllAsync(cancellationToken), cancellationToken);
            }

            await SaveChangesAsync(cancellationToken);
            return null;
        }

        var error = await extras.BeginAsync(cancellationToken) ?? await numbering.AssignAsync(cancellationToken);
        if (error is null)
        {
            await SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
            error = await extras.EndAsync(cancellationToken);
        }

        if (error is not null)
        {
            await Database.RollbackTransactionAsync(cancellationToken);
        }

        return error;
    }

    /// <summary>Runs it as a whole, within <see cref="WriteAsync"/>.</summary>
    internal async Task<T> InTransactionAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        if (Database.CurrentTransaction is not null)
        {
            return await write();
        }

        // No savepoints: what fails here is undone as a whole.
        Database.AutoSavepointsEnabled = false;
        await using var transaction = await Database.BeginTransactionAsync(cancellationToken);
        var result = await write();
        // What was refused has been rolled back.
        if (Database.CurrentTransaction is not null)
        {
            await CommitAsync(transaction, cancellationToken);
        }

        return result;
    }

    private static async Task CommitAsync(IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new CommitInDoubtException(exception);
        }
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
        builder.CompareBytewise(BinaryCollation);
    }
}
