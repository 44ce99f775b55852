using System.Globalization;
using System.Resources;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Common;

namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// The texts of notifications that a service shows without the app, in one language. Each language has a resource file in the
/// folder <c>Texts</c>; the one without a language in its name is in English.
/// </summary>
internal sealed class PushTexts
{
    private static readonly ResourceManager Resources = new(
        $"{typeof(PushTexts).Namespace}.Texts.{nameof(PushTexts)}",
        typeof(PushTexts).Assembly
    );

    private static readonly Languages<PushTexts> Languages = new(culture => new PushTexts(culture));

    private readonly CultureInfo _culture;

    private PushTexts(CultureInfo culture) => _culture = culture;

    /// <summary>Gets what a message says without the title of the task.</summary>
    /// <exception cref="InvalidOperationException">Messages of this type show nothing.</exception>
    public string this[PushMessageType type] =>
        Resources.GetString($"{type}", _culture) ?? throw new InvalidOperationException($"There is no text {type}.");

    /// <summary>Returns the texts for the longest prefix of the locale that has some (RFC 4647, 3.4), or those in English.</summary>
    public static PushTexts In(string locale) => Languages.In(locale);
}
