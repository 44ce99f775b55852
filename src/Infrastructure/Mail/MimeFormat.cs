using System.Text;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MimeKit;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Puts messages into the form of RFC 5322.</summary>
internal sealed class MimeFormat(MailboxAddress from, TimeProvider clock)
{
    /// <summary>The message with all its headers, none of which anybody's text can add to.</summary>
    /// <exception cref="ParseException">No mail can be addressed to its recipient.</exception>
    public MimeMessage Write(MailMessage message)
    {
        var mime = new MimeMessage
        {
            Date = clock.Now(),
            Subject = OneLine(message.Subject),
            // The same for each attempt: a server that gets the mail twice can tell.
            MessageId = $"{message.Id}@{from.Domain}",
            Body = new MultipartAlternative(Part("plain", message.Text), Part("html", message.Html)),
        };
        mime.From.Add(from);
        mime.To.Add(new MailboxAddress("", Quote(message.To)));
        // No holiday notes, please (RFC 3834, 5).
        mime.Headers[HeaderId.AutoSubmitted] = "auto-generated";
        return mime;
    }

    /// <summary>A local part with dots in odd places is one only in quotes (RFC 5321, 4.1.2).</summary>
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
        // Neither the length of a line nor a dot at its beginning means anything in base64.
        var part = new TextPart(subtype) { ContentTransferEncoding = ContentEncoding.Base64 };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    /// <summary>Without anything that ends a line, turns its direction around or cannot be encoded.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(IsHarmful(rune) ? " " : rune.ToString());
        }

        // Nor is it one of the encoded words (RFC 2047), which readers would decode to what has just been taken away.
        return line.Replace("=?", "= ?").ToString().Trim();
    }

    private static bool IsHarmful(Rune rune) =>
        Rune.IsControl(rune)
        || rune.Value is (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFEFF;
}
