namespace Fitnessify.Domain.Mail;

/// <summary>What a mail tells of. Each kind has two templates of its name; the database stores the name.</summary>
public enum MailKind
{
    /// <summary>A task has passed its time; see <see cref="TaskOverdueMail"/>.</summary>
    TaskOverdue,
}

/// <summary>Where a mail stands. The database stores the name.</summary>
public enum OutboxStatus
{
    /// <summary>To be sent.</summary>
    Pending,

    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>When its time came, nobody was to get it.</summary>
    Dropped,

    /// <summary>Refused for good, or failed for too long.</summary>
    GivenUp,
}
