using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>
/// The password or the identity was right and MFA is required; continue with
/// <see cref="FitnessifySession.SignInWithAsync(Func{FitnessifyApi, Task{TokensDto}}, CancellationToken)"/>.
/// </summary>
public sealed class MfaRequiredException : FitnessifyException
{
    internal MfaRequiredException(Problem problem, JsonElement answer, TimeSpan? retryAfter)
        : base(problem, answer, retryAfter) { }

    /// <summary>The token proves the first step in the second one.</summary>
    public string ChallengeToken => Answer.TryGetProperty("challengeToken", out var token) ? $"{token}" : "";

    /// <summary>The list names the second factors that this user has, for instance <c>totp</c>.</summary>
    public IReadOnlyList<string> Methods =>
        Answer.TryGetProperty("methods", out var methods) && methods.ValueKind == JsonValueKind.Array
            ? [.. methods.EnumerateArray().Select(method => method.ToString())]
            : [];
}
