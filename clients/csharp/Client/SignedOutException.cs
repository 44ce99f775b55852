using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>The session has ended and the tokens are deleted; the app should show its sign-in.</summary>
public sealed class SignedOutException : FitnessifyException
{
    internal SignedOutException(Problem problem, JsonElement answer)
        : base(problem, answer, null) { }
}
