namespace Fitnessify.Domain.Mail;

/// <summary>Stores the mails that are to be sent.</summary>
public interface IMailOutbox
{
    /// <summary>Adds a mail to the unit of work. It is sent after the save, and never if the save fails.</summary>
    void Add(OutboxMail mail);

    /// <summary>
    /// Claims pending mails that are due, the longest due first. No other instance gets them before the lease ends; a mail is
    /// due again if its outcome is not stored by then.
    /// </summary>
    /// <param name="canWait">Which of the two kinds is claimed; see <see cref="OutboxMail.CanWait"/>.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="max">The largest number of mails.</param>
    /// <param name="lease">The time of the claim; longer than sending the mails takes.</param>
    Task<IReadOnlyList<OutboxMail>> TakeDueAsync(
        bool canWait,
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Makes the pending mails of this user that can wait due now, in the unit of work. One that may be claimed stays claimed,
    /// but can no longer be postponed for a reason from before; without a claim it is due two leases after the last change.
    /// </summary>
    void Hasten(Guid userId, DateTimeOffset now, TimeSpan lease);

    /// <summary>
    /// Stores the outcome of a claimed mail at once, in one statement, unless the mail is finished already or was deleted. One
    /// that is postponed, but was hastened since the claim, is due now instead.
    /// </summary>
    /// <param name="mail">The mail after its attempt.</param>
    /// <param name="now">The current time in UTC.</param>
    Task StoreAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken);
}
