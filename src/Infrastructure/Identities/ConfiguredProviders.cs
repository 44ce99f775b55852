using System.Text.RegularExpressions;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.Configuration;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>A provider together with what only the adapters need.</summary>
/// <param name="Provider">What everyone may know.</param>
/// <param name="KeysUrl">The URL of the key set, or null if discovery tells it.</param>
internal sealed record ConfiguredProvider(IdentityProvider Provider, string? KeysUrl);

/// <summary>The configured providers.</summary>
/// <param name="All">All of them, by name.</param>
/// <param name="AppleKey">The key for Apple's revocation, or null.</param>
internal sealed partial record ConfiguredProviders(IReadOnlyList<ConfiguredProvider> All, AppleKey? AppleKey)
{
    public const string Section = "Identity:Providers";

    // These are the other ways to sign in, which have the same place in requests and answers.
    private static readonly string[] Reserved = ["password", "passkey"];

    private static readonly string[] Common =
    [
        nameof(IdentityProviderOptions.Issuer),
        nameof(IdentityProviderOptions.ClientIds),
        nameof(IdentityProviderOptions.KeysUrl),
    ];

    private static readonly string[] OnlyApple =
    [
        nameof(AppleOptions.KeyPath),
        nameof(AppleOptions.KeyId),
        nameof(AppleOptions.TeamId),
    ];

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static ConfiguredProviders Read(IConfiguration configuration)
    {
        var names = NamesIn(configuration);
        List<ConfiguredProvider> all = [];
        // The known ones are read even when they are off, so that the reference of settings shows them.
        foreach (
            var name in names.Union([IdentityProvider.Apple, IdentityProvider.Google]).Order(StringComparer.Ordinal)
        )
        {
            var options = Settings.Read(
                configuration,
                $"{Section}:{name}",
                new IdentityProviderOptions { Issuer = IdentityProviderOptions.KnownIssuerOf(name) }
            );
            if (names.Contains(name))
            {
                all.Add(Check(name, options, all));
            }
        }

        var apple = Settings.Read(configuration, $"{Section}:{IdentityProvider.Apple}", new AppleOptions());
        return new ConfiguredProviders(all, Check(apple));
    }

    public ConfiguredProvider? Find(string name) => All.FirstOrDefault(configured => configured.Provider.Name == name);

    /// <summary>Returns the names below which there is a value; an empty value is none.</summary>
    private static HashSet<string> NamesIn(IConfiguration configuration)
    {
        HashSet<string> names = [];
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (!string.IsNullOrWhiteSpace(value) && key.StartsWith($"{Section}:", StringComparison.OrdinalIgnoreCase))
            {
                var parts = key.Split(':');
                CheckName(parts[2]);
                CheckKey(key, parts);
                names.Add(parts[2]);
            }
        }

        return names;
    }

    private static void CheckName(string name)
    {
        if (!Name().IsMatch(name) || Reserved.Contains(name))
        {
            throw new SettingsException(
                $"{Section}:{name}",
                "not a name for a provider; use lower-case letters, digits and hyphens, at most 30, beginning with a "
                    + $"letter, but not {string.Join(" or ", Reserved)}."
            );
        }
    }

    private static void CheckKey(string key, string[] parts)
    {
        var setting = parts.ElementAtOrDefault(3) ?? "";
        var isApple = parts[2] == IdentityProvider.Apple;
        if (!isApple && OnlyApple.Contains(setting, StringComparer.OrdinalIgnoreCase))
        {
            throw new SettingsException(key, $"is only for {IdentityProvider.Apple}; remove it.");
        }

        var allowed = isApple ? [.. Common, .. OnlyApple] : Common;
        var isList = string.Equals(setting, Common[1], StringComparison.OrdinalIgnoreCase);
        if (
            !allowed.Contains(setting, StringComparer.OrdinalIgnoreCase)
            || parts.Length != (isList ? 5 : 4)
            || (isList && !parts[4].All(char.IsAsciiDigit))
        )
        {
            throw new SettingsException(
                key,
                $"is not a setting; use {string.Join(", ", allowed).Replace(Common[1], $"{Common[1]}:0", StringComparison.Ordinal)}."
            );
        }
    }

    private static ConfiguredProvider Check(
        string name,
        IdentityProviderOptions options,
        IReadOnlyList<ConfiguredProvider> others
    )
    {
        var section = $"{Section}:{name}";
        var issuerKey = $"{section}:{nameof(options.Issuer)}";
        if (options.Issuer is null)
        {
            throw new SettingsException(issuerKey, "is needed; use the issuer as its ID tokens name it.");
        }

        CheckUrl(issuerKey, options.Issuer, "an issuer", "https://login.example.org");
        if (others.FirstOrDefault(other => other.Provider.Issuer == options.Issuer) is { } same)
        {
            throw new SettingsException(
                issuerKey,
                $"is also the issuer of {Section}:{same.Provider.Name}; use another one, or remove one of the two."
            );
        }

        if (options.KeysUrl is not null)
        {
            CheckUrl(
                $"{section}:{nameof(options.KeysUrl)}",
                options.KeysUrl,
                "the URL of a key set",
                "https://login.example.org/keys"
            );
        }

        CheckClientIds($"{section}:{nameof(options.ClientIds)}", options.ClientIds);
        return new ConfiguredProvider(new IdentityProvider(name, options.Issuer, options.ClientIds), options.KeysUrl);
    }

    private static void CheckUrl(string key, string text, string purpose, string example)
    {
        var url = Settings.ReadUrl(key, text, purpose, example);
        if (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
        {
            throw new SettingsException(key, "would fetch keys that anyone on the way can replace; use https.");
        }

        if (text.Length > LinkedIdentity.IssuerMaxLength || text.Any(char.IsWhiteSpace))
        {
            throw new SettingsException(
                key,
                $"not {purpose}; use at most {LinkedIdentity.IssuerMaxLength} characters without white space."
            );
        }
    }

    private static void CheckClientIds(string key, string[] ids)
    {
        if (ids.Length == 0)
        {
            throw new SettingsException($"{key}:0", "is needed; use the client id of the app at the issuer.");
        }

        var wrong = Array.FindIndex(
            ids,
            id => string.IsNullOrWhiteSpace(id) || id.Length > LinkedIdentity.ClientIdMaxLength
        );
        if (wrong >= 0)
        {
            throw new SettingsException(
                $"{key}:{wrong}",
                $"not a client id; use 1 to {LinkedIdentity.ClientIdMaxLength} characters."
            );
        }
    }

    private static AppleKey? Check(AppleOptions options)
    {
        var section = $"{Section}:{IdentityProvider.Apple}";
        string?[] values = [options.KeyPath, options.KeyId, options.TeamId];
        if (values.All(value => value is null))
        {
            return null;
        }

        var missing = Array.IndexOf(values, null);
        return missing < 0
            ? AppleKey.Load($"{section}:{nameof(options.KeyPath)}", options.KeyPath!, options.KeyId!, options.TeamId!)
            : throw new SettingsException(
                $"{section}:{OnlyApple[missing]}",
                $"is needed with the other two of {string.Join(", ", OnlyApple)}."
            );
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,29}\z")]
    private static partial Regex Name();
}
