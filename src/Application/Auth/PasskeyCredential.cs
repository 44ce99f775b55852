using System.Text.Json;

namespace Fitnessify.Application.Auth;

/// <summary>Converts the answer of an authenticator.</summary>
internal static class PasskeyCredential
{
    private const string Extensions = "clientExtensionResults";

    /// <summary>
    /// Returns the JSON that ASP.NET Core Identity reads. It requires the results of extensions, which some authenticators
    /// leave out if there are none.
    /// </summary>
    public static string ToJson(IReadOnlyDictionary<string, object?> credential) =>
        JsonSerializer.Serialize(
            credential.ContainsKey(Extensions)
                ? credential
                : new Dictionary<string, object?>(credential) { [Extensions] = new { } }
        );
}
