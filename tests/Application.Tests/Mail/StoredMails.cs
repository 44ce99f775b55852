using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Tests.Mail;

/// <summary>Stores mails like a database: a claimed one is not due again before the lease ends or the outcome is stored.</summary>
internal sealed class StoredMails : IMailOutbox
{
    private readonly List<OutboxMail> _rows = [];
    private readonly Dictionary<Guid, DateTimeOffset> _leases = [];

    /// <summary>Gets how many mails were asked for, of which kind, once for each claim.</summary>
    public List<(bool CanWait, int Max)> Claims { get; } = [];

    /// <summary>Gets the ids of the mails whose outcome was stored, in this order, with their status.</summary>
    public List<(Guid Id, OutboxStatus Status)> Stored { get; } = [];

    /// <summary>Gets or sets an action that runs after each store.</summary>
    public Action<OutboxMail> AfterStore { get; set; } = _ => { };

    public void Add(OutboxMail mail) => _rows.Add(mail);

    public Task<IReadOnlyList<OutboxMail>> TakeDueAsync(
        bool canWait,
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        Claims.Add((canWait, max));
        List<OutboxMail> due =
        [
            .. _rows
                .Where(row =>
                    row.CanWait == canWait
                    && (_leases.TryGetValue(row.Id, out var end) ? end : row.NextAttemptAt) <= now
                )
                .OrderBy(row => row.NextAttemptAt)
                .Take(max),
        ];
        foreach (var row in due)
        {
            _leases[row.Id] = now + lease;
        }

        return Task.FromResult<IReadOnlyList<OutboxMail>>(due);
    }

    public Task StoreAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _leases.Remove(mail.Id);
        Stored.Add((mail.Id, mail.Status));
        if (mail.FinishedAt is not null)
        {
            _rows.Remove(mail);
        }

        AfterStore(mail);
        return Task.CompletedTask;
    }

    public void Hasten(Guid userId, DateTimeOffset now, TimeSpan lease) =>
        throw new NotSupportedException("No settings change here.");
}
