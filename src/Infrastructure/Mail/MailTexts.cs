using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Fitnessify.Infrastructure.Common;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>
/// The texts of mails in one language. Each language has a resource file in the folder <c>Texts</c>; the one without a language
/// in its name is in English.
/// </summary>
internal sealed partial class MailTexts
{
    private static readonly ResourceManager Resources = new(
        $"{typeof(MailTexts).Namespace}.Texts.{nameof(MailTexts)}",
        typeof(MailTexts).Assembly
    );

    private static readonly Languages<MailTexts> Languages = new(culture => new MailTexts(culture));

    private readonly CultureInfo _culture;

    private MailTexts(CultureInfo culture) => _culture = culture;

    /// <summary>Gets the language as a tag of BCP 47.</summary>
    public string Language => this["Mail.Language"];

    /// <summary>Gets the text with this name.</summary>
    /// <exception cref="InvalidOperationException">There is no such text.</exception>
    public string this[string name] =>
        Resources.GetString(name, _culture) ?? throw new InvalidOperationException($"There is no text {name}.");

    /// <summary>Returns the texts for the longest prefix of the locale that has some (RFC 4647, 3.4), or those in English.</summary>
    public static MailTexts In(string locale) => Languages.In(locale);

    /// <summary>Replaces all placeholders in one pass, so that a value that looks like a placeholder stays text.</summary>
    /// <exception cref="InvalidOperationException">A value is missing.</exception>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder()
            .Replace(
                text,
                match =>
                    values.GetValueOrDefault(match.Groups["name"].Value)
                    ?? throw new InvalidOperationException($"A text needs {match}, which the mail does not have.")
            );

    public string Format(DateTimeOffset at, TimeZoneInfo zone) =>
        $"{TimeZoneInfo.ConvertTime(at, zone).ToString(this["Mail.TimeFormat"], _culture)} ({zone.Id})";

    public string Format(DateOnly date) => date.ToString(this["Mail.DateFormat"], _culture);

    public string Format(int count) => count.ToString("N0", _culture);

    [GeneratedRegex(@"\{\{(?<name>.*?)\}\}")]
    private static partial Regex Placeholder();
}
