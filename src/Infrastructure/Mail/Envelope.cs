using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Puts letters into the form that mail servers take.</summary>
internal sealed class Envelope(MailAddress from)
{
    /// <summary>The letter with all its headers, none of which anybody's text can add to.</summary>
    public MailMessage Seal(Letter letter)
    {
        var message = new MailMessage(from, new MailAddress(letter.To))
        {
            Subject = OneLine(letter.Subject),
            SubjectEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
            Body = letter.Text,
            BodyEncoding = Encoding.UTF8,
            // Neither the length of a line nor a dot at its beginning means anything in it.
            BodyTransferEncoding = TransferEncoding.Base64,
        };
        // The same for each attempt: a server that gets the mail twice can tell.
        message.Headers["Message-ID"] = $"<{letter.Id}@{from.Host}>";
        // No holiday notes, please (RFC 3834, 5).
        message.Headers["Auto-Submitted"] = "auto-generated";
        var html = AlternateView.CreateAlternateViewFromString(letter.Html, Encoding.UTF8, MediaTypeNames.Text.Html);
        html.TransferEncoding = TransferEncoding.Base64;
        message.AlternateViews.Add(html);
        return message;
    }

    /// <summary>Without anything that ends a line, turns its direction around or cannot be encoded.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(IsHarmful(rune) ? " " : rune.ToString());
        }

        return line.ToString().Trim();
    }

    private static bool IsHarmful(Rune rune) =>
        Rune.IsControl(rune)
        || rune.Value is (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFFFE or 0xFEFF;
}
