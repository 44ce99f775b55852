namespace Fitnessify.Domain.Mail;

/// <summary>The mails that are to be sent.</summary>
public interface IMailOutbox
{
    /// <summary>Adds a mail to the unit of work: it is sent when that is saved, and only then.</summary>
    void Add(OutboxMail mail);

    /// <summary>
    /// Takes pending mails whose time has come, the longest due first. Nobody else gets them before the lease is over; a mail
    /// that its taker has not stored by then is due again.
    /// </summary>
    /// <param name="canWait">Of which of the two kinds; see <see cref="OutboxMail.CanWait"/>.</param>
    /// <param name="now">UTC.</param>
    /// <param name="max">How many at most.</param>
    /// <param name="lease">Longer than sending them takes.</param>
    Task<IReadOnlyList<OutboxMail>> TakeDueAsync(
        bool canWait,
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Makes what waits for this user, of what can wait, due now, in the unit of work. What is due within the lease stays: it
    /// may be on its way.
    /// </summary>
    void Hasten(Guid userId, DateTimeOffset now, TimeSpan lease);

    /// <summary>Stores at once, in one statement, what has become of a mail that was taken, unless it is finished already or gone.</summary>
    Task StoreAsync(OutboxMail mail, CancellationToken cancellationToken);
}
