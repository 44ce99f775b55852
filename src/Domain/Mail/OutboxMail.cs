using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Mail;

/// <summary>A mail that is to be sent, or was: stored with the change that it tells of, sent by a job.</summary>
public sealed class OutboxMail
{
    /// <summary>UTF-16 units of all names and values together.</summary>
    public const int DataMaxLength = 8000;

    /// <summary>UTF-16 units.</summary>
    public const int LastErrorMaxLength = 200;

    /// <summary>After the first failure; doubles with each further one.</summary>
    public static readonly TimeSpan FirstRetryAfter = TimeSpan.FromSeconds(10);

    /// <summary>However many failures there were.</summary>
    public static readonly TimeSpan LastRetryAfter = TimeSpan.FromHours(1);

    /// <summary>From then on a failure is the last.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private Guid? _recipientId;

    private OutboxMail() { }

    /// <summary>UUID, version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>Decides the templates and who gets it.</summary>
    public MailKind Kind { get; private init; }

    /// <summary>The account it is for; null when it is for whoever has an address, until it is known who that is.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>The address it is for, which may belong to nobody; null for that of the account, and once it is finished.</summary>
    public string? Address { get; private set; }

    /// <summary>Whether it goes only when no mail about an account waits: many of one user must not keep another from signing in.</summary>
    public bool CanWait { get; private init; }

    /// <summary>What the templates need besides the recipient.</summary>
    public IReadOnlyDictionary<string, string> Data { get; private init; } = new Dictionary<string, string>();

    /// <summary>Where it stands.</summary>
    public OutboxStatus Status { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>UTC; not before.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>How often it was handed to the mail server, or tried to.</summary>
    public int Attempts { get; private set; }

    /// <summary>UTC; null while it is pending.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Why the last attempt failed, in a few words; never an address. Null after success.</summary>
    public string? LastError { get; private set; }

    /// <summary>A mail to the address that the account has when it is sent.</summary>
    /// <param name="kind">Which templates.</param>
    /// <param name="userId">The account.</param>
    /// <param name="data">At most <see cref="DataMaxLength"/> characters.</param>
    /// <param name="now">UTC.</param>
    /// <param name="notBefore">UTC; null for now.</param>
    public static OutboxMail ToUser(
        MailKind kind,
        Guid userId,
        IReadOnlyDictionary<string, string> data,
        DateTimeOffset now,
        DateTimeOffset? notBefore = null
    ) => Create(kind, userId, null, data, now, notBefore);

    /// <summary>A mail to whoever has this address when it is sent, if anybody has.</summary>
    /// <param name="kind">Which templates.</param>
    /// <param name="address">At most <see cref="Account.EmailMaxLength"/> characters.</param>
    /// <param name="data">At most <see cref="DataMaxLength"/> characters.</param>
    /// <param name="now">UTC.</param>
    /// <param name="notBefore">UTC; null for now.</param>
    public static OutboxMail ToAddress(
        MailKind kind,
        string address,
        IReadOnlyDictionary<string, string> data,
        DateTimeOffset now,
        DateTimeOffset? notBefore = null
    ) => Create(kind, null, address, data, now, notBefore);

    /// <summary>A mail to an address that was the account's.</summary>
    /// <param name="kind">Which templates.</param>
    /// <param name="userId">The account.</param>
    /// <param name="address">At most <see cref="Account.EmailMaxLength"/> characters.</param>
    /// <param name="data">At most <see cref="DataMaxLength"/> characters.</param>
    /// <param name="now">UTC.</param>
    public static OutboxMail ToFormerAddress(
        MailKind kind,
        Guid userId,
        string address,
        IReadOnlyDictionary<string, string> data,
        DateTimeOffset now
    ) => Create(kind, userId, address, data, now, null);

    /// <summary>It goes to this account, and belongs to it once it is finished; a further attempt asks anew whose it is.</summary>
    public void GoesTo(Guid userId) => _recipientId = userId;

    /// <summary>The mail server has taken it.</summary>
    public void Sent(DateTimeOffset now)
    {
        Attempts++;
        LastError = null;
        Finish(OutboxStatus.Sent, now);
    }

    /// <summary>Nobody is to get it any more.</summary>
    public void Drop(DateTimeOffset now) => Finish(OutboxStatus.Dropped, now);

    /// <summary>Not now; that is no failure.</summary>
    public void Postpone(DateTimeOffset until) => NextAttemptAt = until;

    /// <summary>The attempt failed. It is tried again later each time, until it is too old.</summary>
    /// <param name="reason">A few words, never an address.</param>
    /// <param name="now">UTC.</param>
    public void Failed(string reason, DateTimeOffset now)
    {
        if (now - CreatedAt >= GiveUpAfter)
        {
            GiveUp(reason, now);
            return;
        }

        Count(reason);
        NextAttemptAt = now + RetryAfter(Attempts);
    }

    /// <summary>The attempt failed, and so would every other.</summary>
    /// <param name="reason">A few words, never an address.</param>
    /// <param name="now">UTC.</param>
    public void GiveUp(string reason, DateTimeOffset now)
    {
        Count(reason);
        Finish(OutboxStatus.GivenUp, now);
    }

    private static OutboxMail Create(
        MailKind kind,
        Guid? userId,
        string? address,
        IReadOnlyDictionary<string, string> data,
        DateTimeOffset now,
        DateTimeOffset? notBefore
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            data.Sum(value => value.Key.Length + value.Value.Length),
            DataMaxLength,
            nameof(data)
        );
        return new()
        {
            Id = Guid.CreateVersion7(now),
            Kind = kind,
            CanWait = kind == MailKind.TaskOverdue,
            UserId = userId,
            Address = address,
            Data = data,
            CreatedAt = now,
            NextAttemptAt = notBefore ?? now,
        };
    }

    // Compared as a power of two, so that no number of failures overflows.
    private static TimeSpan RetryAfter(int failures) =>
        Math.Pow(2, failures - 1) < LastRetryAfter / FirstRetryAfter
            ? FirstRetryAfter * Math.Pow(2, failures - 1)
            : LastRetryAfter;

    private void Count(string reason)
    {
        Attempts++;
        LastError = reason.Length <= LastErrorMaxLength ? reason : reason[..LastErrorMaxLength];
    }

    private void Finish(OutboxStatus status, DateTimeOffset now) =>
        (Status, FinishedAt, UserId, Address) = (status, now, _recipientId ?? UserId, null);
}
