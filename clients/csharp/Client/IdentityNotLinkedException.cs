using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>
/// The identity is not linked, and an account has its address. The user must sign in to that account before the identity is
/// linked; <see cref="FitnessifySession.SignInWithIdentityAsync"/> does this with its callback.
/// </summary>
public sealed class IdentityNotLinkedException : FitnessifyException
{
    internal IdentityNotLinkedException(Problem problem, JsonElement answer, TimeSpan? retryAfter)
        : base(problem, answer, retryAfter) { }

    /// <summary>The token links the identity after the sign-in, within ten minutes and without another ID token.</summary>
    public string LinkToken => Answer.TryGetProperty("linkToken", out var token) ? $"{token}" : "";
}
