using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Mail;

/// <summary>A mail of the outbox. It is stored in the transaction of the change that it reports, and a job sends it.</summary>
public sealed class OutboxMail : ILeased
{
    /// <summary>The longest <see cref="Data"/>: all names and values together, in UTF-16 units.</summary>
    public const int DataMaxLength = 8000;

    /// <summary>The longest <see cref="LastError"/> in UTF-16 units.</summary>
    public const int LastErrorMaxLength = 200;

    /// <summary>The delay after the first failure; it doubles with each further failure.</summary>
    public static readonly TimeSpan FirstRetryAfter = TimeSpan.FromSeconds(10);

    /// <summary>The longest delay between two attempts.</summary>
    public static readonly TimeSpan LastRetryAfter = TimeSpan.FromHours(1);

    private static readonly Backoff Pauses = new(FirstRetryAfter, LastRetryAfter);

    /// <summary>The age of a mail from which a failure is final.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <summary>The number of attempts from which a second one in a row without an answer is final.</summary>
    public const int MaxUnanswered = 3;

    /// <summary>The time for which an instance claims a mail, longer than writing and sending it takes.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private Guid? _recipientId;

    private OutboxMail() { }

    /// <summary>The id, a UUID of version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>The kind, which selects the texts and the recipient.</summary>
    public MailKind Kind { get; private init; }

    /// <summary>
    /// The id of the account that receives the mail; null if the mail is for an address and its account is not known yet.
    /// </summary>
    public Guid? UserId { get; private set; }

    /// <summary>
    /// The address that receives the mail, which may belong to no account; null for the address of the account, and once the
    /// mail is finished.
    /// </summary>
    public string? Address { get; private set; }

    /// <summary>
    /// Whether the mail is sent only when no mail about an account is due. Many mails to one user must not delay the sign-in of
    /// another.
    /// </summary>
    public bool CanWait { get; private init; }

    /// <summary>The values that the texts need besides the recipient, in no language.</summary>
    public IReadOnlyDictionary<string, string> Data { get; private init; } = new Dictionary<string, string>();

    /// <summary>The status of the mail.</summary>
    public OutboxStatus Status { get; private set; }

    /// <summary>The time of the creation in UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <inheritdoc />
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>The end of the lease in which the mail was postponed; null if it was not postponed.</summary>
    public DateTimeOffset? PostponedFrom { get; private set; }

    /// <summary>The number of attempts so far.</summary>
    public int Attempts { get; private set; }

    /// <summary>The time in UTC at which the mail reached its final status; null while it is pending.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>The reason of the last failure in a few words, never an address; null after success.</summary>
    public string? LastError { get; private set; }

    /// <summary>Creates a mail to the address that the account has when the mail is sent.</summary>
    /// <param name="kind">The kind, which selects the texts.</param>
    /// <param name="userId">The id of the account.</param>
    /// <param name="data">The values for the texts, at most <see cref="DataMaxLength"/> characters.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="notBefore">The earliest time of the first attempt in UTC; null for now.</param>
    public static OutboxMail ToUser(
        MailKind kind,
        Guid userId,
        IReadOnlyDictionary<string, string> data,
        DateTimeOffset now,
        DateTimeOffset? notBefore = null
    ) => Create(kind, userId, null, data, now, notBefore);

    /// <summary>Creates a mail to the account that has this address when the mail is sent, if there is one.</summary>
    /// <param name="kind">The kind, which selects the texts.</param>
    /// <param name="address">The address, at most <see cref="Account.EmailMaxLength"/> characters.</param>
    /// <param name="data">The values for the texts, at most <see cref="DataMaxLength"/> characters.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="notBefore">The earliest time of the first attempt in UTC; null for now.</param>
    public static OutboxMail ToAddress(
        MailKind kind,
        string address,
        IReadOnlyDictionary<string, string> data,
        DateTimeOffset now,
        DateTimeOffset? notBefore = null
    ) => Create(kind, null, address, data, now, notBefore);

    /// <summary>Creates a mail to a former address of the account.</summary>
    /// <param name="kind">The kind, which selects the texts.</param>
    /// <param name="userId">The id of the account.</param>
    /// <param name="address">The address, at most <see cref="Account.EmailMaxLength"/> characters.</param>
    /// <param name="data">The values for the texts, at most <see cref="DataMaxLength"/> characters.</param>
    /// <param name="now">The current time in UTC.</param>
    public static OutboxMail ToFormerAddress(
        MailKind kind,
        Guid userId,
        string address,
        IReadOnlyDictionary<string, string> data,
        DateTimeOffset now
    ) => Create(kind, userId, address, data, now, null);

    /// <inheritdoc />
    public void Claim(DateTimeOffset until) => NextAttemptAt = until;

    /// <summary>
    /// Sets the account that receives the mail; the mail belongs to it once it is finished. Each further attempt looks the
    /// account up again.
    /// </summary>
    public void GoesTo(Guid userId) => _recipientId = userId;

    /// <summary>Records that the mail server has accepted the mail.</summary>
    public void Sent(DateTimeOffset now)
    {
        Attempts++;
        LastError = null;
        Finish(OutboxStatus.Sent, now);
    }

    /// <summary>Records that there is no recipient for the mail any more.</summary>
    public void Drop(DateTimeOffset now) => Finish(OutboxStatus.Dropped, now);

    /// <summary>Postpones the claimed mail; this is not a failure.</summary>
    public void Postpone(DateTimeOffset until) => (PostponedFrom, NextAttemptAt) = (NextAttemptAt, until);

    /// <summary>Records a failed attempt. The delay grows with each one, and a failure of a mail that is too old is final.</summary>
    /// <param name="reason">The reason in a few words, never an address.</param>
    /// <param name="now">The current time in UTC.</param>
    public void Failed(string reason, DateTimeOffset now)
    {
        if (now - CreatedAt >= GiveUpAfter)
        {
            GiveUp(reason, now);
            return;
        }

        Count(reason);
        NextAttemptAt = now + Pauses.After(Attempts);
    }

    /// <summary>
    /// Records an attempt after which the mail may have arrived, although the mail server has not said so. It is tried again only
    /// a few times, because each attempt may be one more copy.
    /// </summary>
    /// <param name="reason">The reason in a few words, the same for each such attempt.</param>
    /// <param name="now">The current time in UTC.</param>
    public void Unanswered(string reason, DateTimeOffset now)
    {
        // What failed before the mail server had the mail left no copy, and is no reason to give up.
        if (Attempts + 1 >= MaxUnanswered && LastError == reason)
        {
            GiveUp(reason, now);
            return;
        }

        Failed(reason, now);
    }

    /// <summary>Records a failed attempt that no retry can help.</summary>
    /// <param name="reason">The reason in a few words, never an address.</param>
    /// <param name="now">The current time in UTC.</param>
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
            CanWait = kind == MailKind.TasksDue,
            UserId = userId,
            Address = address,
            Data = data,
            CreatedAt = now,
            NextAttemptAt = notBefore ?? now,
        };
    }

    private void Count(string reason)
    {
        Attempts++;
        LastError = reason.Length <= LastErrorMaxLength ? reason : reason[..LastErrorMaxLength];
    }

    private void Finish(OutboxStatus status, DateTimeOffset now) =>
        (Status, FinishedAt, UserId, Address) = (status, now, _recipientId ?? UserId, null);
}
