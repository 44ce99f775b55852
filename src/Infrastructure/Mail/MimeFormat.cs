using System.Text;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MimeKit;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Converts messages into the format of RFC 5322.</summary>
internal sealed class MimeFormat(MailboxAddress from, TimeProvider clock)
{
    /// <summary>Returns the message with all its headers. No text of a user can add a header.</summary>
    /// <exception cref="ParseException">The address of the recipient is not valid.</exception>
    public MimeMessage Write(MailMessage message)
    {
        var mime = new MimeMessage
        {
            Date = clock.Now(),
            Subject = OneLine(message.Subject),
            // The id is the same for each attempt, so that a mail server can recognize a duplicate.
            MessageId = $"{message.Id}@{from.Domain}",
            Body = new MultipartAlternative(Part("plain", message.Text), Part("html", message.Html)),
        };
        mime.From.Add(from);
        mime.To.Add(new MailboxAddress("", Quote(message.To)));
        // Automatic replies such as vacation notices are unwanted (RFC 3834, 5).
        mime.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        return mime;
    }

    /// <summary>Quotes a local part with dots in unusual positions, which RFC 5321, 4.1.2 permits only in quotes.</summary>
    private static string Quote(string address)
    {
        var at = address.LastIndexOf('@');
        var local = at < 0 ? "" : address[..at];
        return local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal)
            ? $"\"{local}\"{address[at..]}"
            : address;
    }

    private static TextPart Part(string subtype, string text)
    {
        // In base64, neither long lines nor leading dots need special treatment.
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    /// <summary>Removes line breaks, direction marks and characters that cannot be encoded.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(IsHarmful(rune) ? " " : rune.ToString());
        }

        // The text must not form an encoded word (RFC 2047), which a reader would decode into the characters that were removed.
        return line.Replace("=?", "= ?").ToString().Trim();
    }

    private static bool IsHarmful(Rune rune) =>
        Rune.IsControl(rune)
        || rune.Value is (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFEFF;
}
