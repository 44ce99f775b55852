using Fitnessify.Application.Accounts;

namespace Fitnessify.Application.Auth;

/// <summary>The new account.</summary>
/// <param name="User">Null where the answer does not tell whether the address is known.</param>
public sealed record RegisteredUser(UserDto? User);
