using System.Reflection;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Notifications;

/// <summary>
/// Stores notifications and settings like a database: a save is all or nothing, and numbers new notifications.
/// </summary>
internal sealed class StoredNotifications
    : INotificationRepository,
        INotificationSequence,
        INotificationSettingsRepository,
        IUnitOfWork,
        ICurrentUser
{
    private static readonly PropertyInfo Sequence = typeof(Notification).GetProperty(nameof(Notification.Sequence))!;

    private readonly List<Notification> _added = [];
    private readonly List<Action> _statements = [];

    public const long Epoch = -7;

    public Guid Id { get; } = Guid.NewGuid();

    public Guid SessionId { get; } = Guid.NewGuid();

    public FakeTimeProvider Clock { get; } = Given.Clock();

    public List<Notification> Rows { get; } = [];

    public NotificationSettings Settings { get; private set; } = NotificationSettings.Default;

    public int Saves { get; private set; }

    /// <summary>Gets the pages that were read: the position after which each starts, and its length.</summary>
    public List<(long After, int Limit)> Parts { get; } = [];

    /// <summary>Gets or sets the result that every save returns instead of saving.</summary>
    public Error? Failure { get; set; }

    /// <summary>Gets or sets an action that runs once, before the next save.</summary>
    public Action? BeforeNextSave { get; set; }

    /// <summary>Stores a notification of the current user or of another one.</summary>
    public Notification Store(string title, bool isRead = false, Guid? ownerId = null)
    {
        var notification = Overdue.Notification(ownerId ?? Id, title, Given.Now.AddHours(-1));
        if (isRead)
        {
            notification.Read(Given.Now.AddMinutes(-30));
        }

        return Number(notification);
    }

    /// <summary>Adds a statement to the unit of work.</summary>
    public void OnSave(Action statement) => _statements.Add(statement);

    public void Add(Notification notification) => _added.Add(notification);

    public Task<Notification?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(Owned(ownerId).FirstOrDefault(row => row.Id == id));

    public Task<int> CountUnreadAsync(Guid ownerId, CancellationToken cancellationToken) =>
        Task.FromResult(Owned(ownerId).Count(row => row.ReadAt is null));

    public Task<SequenceRange?> ReadOldestAsync(
        Guid ownerId,
        Notification? through,
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var oldest = Owned(ownerId)
            .Where(row => row.ReadAt is null && row.Sequence <= (through?.Sequence ?? long.MaxValue))
            .Take(limit)
            .ToList();
        OnSave(() => oldest.ForEach(row => row.Read(now)));
        return Task.FromResult<SequenceRange?>(
            oldest is [var first, ..] ? new SequenceRange(first.Sequence, oldest[^1].Sequence) : null
        );
    }

    public Task TrimAsync(IReadOnlyCollection<Guid> ownerIds, int keep, CancellationToken cancellationToken)
    {
        foreach (var ownerId in ownerIds)
        {
            var surplus = Owned(ownerId).SkipLast(keep).ToList();
            Rows.RemoveAll(surplus.Contains);
        }

        return Task.CompletedTask;
    }

    public Task<Result<Page<Notification>>> ListAsync(
        Guid ownerId,
        bool? isUnread,
        PageRequest page,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("The tests of lists bring their own pages.");

    async Task<long?> INotificationSequence.FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        (await FindAsync(ownerId, id, cancellationToken))?.Sequence;

    public Task<IReadOnlyList<Notification>> ListAfterAsync(
        Guid ownerId,
        long after,
        bool onlyUnread,
        int limit,
        CancellationToken cancellationToken
    )
    {
        Parts.Add((after, limit));
        return Task.FromResult<IReadOnlyList<Notification>>([
            .. Owned(ownerId)
                .Where(row => row.Sequence > after && !(onlyUnread && row.ReadAt is not null))
                .OrderBy(row => row.Sequence)
                .Take(limit),
        ]);
    }

    public Task<long> ReadEpochAsync(CancellationToken cancellationToken) => Task.FromResult(Epoch);

    public Task<NotificationSettings> GetAsync(Guid ownerId, CancellationToken cancellationToken) =>
        Task.FromResult(ownerId == Id ? Settings : NotificationSettings.Default);

    public void Set(Guid ownerId, NotificationSettings settings) =>
        OnSave(() => Settings = ownerId == Id ? settings : Settings);

    public Task<Result> SaveChangesAsync(Func<Task<Error?>> change, CancellationToken cancellationToken) =>
        this.SaveAfterAsync(change, cancellationToken);

    public Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var action = BeforeNextSave;
        BeforeNextSave = null;
        action?.Invoke();
        if (Failure is { } refused)
        {
            _added.Clear();
            _statements.Clear();
            return Task.FromResult<Result>(refused);
        }

        _added.ForEach(row => Number(row));
        _added.Clear();
        _statements.ForEach(statement => statement());
        _statements.Clear();
        Saves++;
        return Task.FromResult(Result.Success);
    }

    private Notification Number(Notification notification)
    {
        Sequence.SetValue(notification, Rows.Count + 1L);
        Rows.Add(notification);
        return notification;
    }

    private IEnumerable<Notification> Owned(Guid ownerId) => Rows.Where(row => row.OwnerId == ownerId);
}
