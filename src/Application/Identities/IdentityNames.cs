using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Identities;

/// <summary>Makes display names of the names in ID tokens.</summary>
internal static class IdentityNames
{
    /// <summary>
    /// Suggests a display name, which the user can change; null without one. A name that they could not type themselves is left
    /// out.
    /// </summary>
    public static string? Suggest(string? name) =>
        PastedText.Name(name) is { } line && TextRules.IsPlain(line) ? PastedText.Name(Shorten(line)) : null;

    private static string Shorten(string name) =>
        name.Length <= Account.DisplayNameMaxLength ? name
        : char.IsHighSurrogate(name[Account.DisplayNameMaxLength - 1]) ? name[..(Account.DisplayNameMaxLength - 1)]
        : name[..Account.DisplayNameMaxLength];
}
