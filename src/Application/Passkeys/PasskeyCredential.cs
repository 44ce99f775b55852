using System.Text.Json;

namespace Fitnessify.Application.Passkeys;

/// <summary>What an authenticator answers.</summary>
internal static class PasskeyCredential
{
    private const string Extensions = "clientExtensionResults";

    /// <summary>As Identity reads it, which insists on the results of extensions; some authenticators leave them out where there are none.</summary>
    public static string ToJson(IReadOnlyDictionary<string, object?> credential) =>
        JsonSerializer.Serialize(
            credential.ContainsKey(Extensions)
                ? credential
                : new Dictionary<string, object?>(credential) { [Extensions] = new { } }
        );
}
