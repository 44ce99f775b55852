using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Where mails go.</summary>
internal enum MailMode
{
    /// <summary>Into files, one a mail.</summary>
    Pickup,

    /// <summary>To a mail server.</summary>
    Smtp,
}

/// <summary>How the connection to the mail server is secured.</summary>
internal enum MailSecurity
{
    /// <summary>TLS from the command STARTTLS on, or no mail.</summary>
    StartTls,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>Section <c>Mail</c>.</summary>
internal sealed class MailOptions
{
    /// <summary>Where mails go.</summary>
    public MailMode Mode { get; init; }

    /// <summary>A relative one is below the content root; made when the first mail is written.</summary>
    public string PickupFolder { get; init; } = "data/mail";

    /// <summary>The mail server.</summary>
    public string? Host { get; init; }

    /// <summary>Of the mail server.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>Null signs in nowhere.</summary>
    public string? User { get; init; }

    /// <summary>Of the user.</summary>
    public string? Password { get; init; }

    /// <summary>How the connection is secured.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>An address, or a name and an address in angle brackets.</summary>
    public string From { get; init; } = "no-reply@localhost";
}
