using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

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

    private readonly CultureInfo _culture;

    private MailTexts(CultureInfo culture) => _culture = culture;

    /// <summary>Gets the language as a tag of BCP 47.</summary>
    public string Language => _culture.Name;

    /// <summary>Gets the text with this name.</summary>
    /// <exception cref="InvalidOperationException">There is no such text.</exception>
    public string this[string name] =>
        Resources.GetString(name, _culture) ?? throw new InvalidOperationException($"There is no text {name}.");

    /// <summary>Returns the texts in the language of the locale, or in English if there are none.</summary>
    public static MailTexts In(string locale)
    {
        // For a language without texts, this is English, so that the dates of a mail are in English too.
        var language = Resources.GetString("Mail.Language", CultureOf(locale))!;
        return new MailTexts(CultureInfo.GetCultureInfo(language));
    }

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

    private static CultureInfo CultureOf(string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }

    [GeneratedRegex(@"\{\{(?<name>.*?)\}\}")]
    private static partial Regex Placeholder();
}
