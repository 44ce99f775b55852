using Fitnessify.Application.Auth;

namespace Fitnessify.Application.Identities;

/// <summary>A sign-in with an identity.</summary>
/// <param name="Tokens">The tokens of the new session.</param>
/// <param name="IsNew">Whether the sign-in has created the account.</param>
public sealed record IdentitySignIn(TokensDto Tokens, bool IsNew);
