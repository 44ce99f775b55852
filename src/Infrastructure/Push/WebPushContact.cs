using System.Text;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Mail;
using MimeKit;

namespace Fitnessify.Infrastructure.Push;

/// <summary>How the operators of push services reach the operator of this server.</summary>
/// <param name="Subject">The claim <c>sub</c> of RFC 8292, 2.1.</param>
internal sealed record WebPushContact(string Subject)
{
    /// <summary>Checks the setting.</summary>
    /// <exception cref="SettingsException">The setting is neither a mailto nor an https URL.</exception>
    public static void Check(WebPushOptions options)
    {
        if (options.Subject is { } subject && !IsContact(subject))
        {
            throw new SettingsException(
                "Push:WebPush:Subject",
                "not a contact; use a URL such as mailto:push@example.org or https://example.org/contact."
            );
        }
    }

    /// <summary>Returns what is configured, or what people see of the server anyway.</summary>
    public static WebPushContact Of(WebPushOptions options, AppOptions app, MailOptions mail) =>
        new(
            options.Subject
                ?? (
                    app.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase) && !app.IsLocal
                        ? app.PublicUrl
                        : $"mailto:{MailboxAddress.Parse(mail.From).Address}"
                )
        );

    private static bool IsContact(string text) =>
        Ascii.IsValid(text)
        && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Host.Length > 0
        && (url.Scheme == Uri.UriSchemeMailto ? url.UserInfo.Length > 0 : url.Scheme == Uri.UriSchemeHttps);
}
