namespace Fitnessify.Application.Accounts;

/// <summary>Section <c>Accounts</c>: who may sign in.</summary>
public sealed class LoginOptions
{
    /// <summary>Whether sign-in needs a confirmed e-mail address.</summary>
    public bool RequireConfirmedEmail { get; init; }
}
