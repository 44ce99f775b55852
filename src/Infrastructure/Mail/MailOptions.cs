using System.ComponentModel.DataAnnotations;
using System.Net;

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

    /// <summary>TLS from the first byte, usually on port 465 (RFC 8314).</summary>
    Tls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None,
}

/// <summary>Section <c>Mail</c>: how mails leave.</summary>
internal sealed class MailOptions
{
    /// <summary>Where mails go.</summary>
    public MailMode Mode { get; init; }

    /// <summary>For <c>Pickup</c>: the folder. A relative one is below that of <c>appsettings.json</c>; made when the first mail is written.</summary>
    public string PickupFolder { get; init; } = "data/mail";

    /// <summary>For <c>Smtp</c>: the mail server.</summary>
    public string? Host { get; init; }

    /// <summary>Of the mail server.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>Where the mail server asks for one.</summary>
    public string? User { get; init; }

    /// <summary>Of the user; not with <c>Mail:OAuth</c>.</summary>
    public string? Password { get; init; }

    /// <summary>How the connection to the mail server is secured.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>The sender: an address, or a name and an address in angle brackets. Its domain ends the Message-Id.</summary>
    public string From { get; init; } = "no-reply@localhost";

    /// <summary>Mails about tasks that a user gets in an hour at most; those about the account have limits of their own.</summary>
    [Range(1, 1000)]
    public int PerUserPerHour { get; init; } = 10;

    /// <summary>Whether the password would cross a network that somebody may listen to.</summary>
    internal bool IsPasswordInTheClear =>
        (Security, Password, Host) is (MailSecurity.None, not null, not null)
        && Host != "localhost"
        && !(IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
