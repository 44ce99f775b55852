namespace Fitnessify.Application.Auth;

/// <summary>The user of this session has shown again who they are.</summary>
/// <param name="ExpiresAt">UTC; until then nothing more is asked for, unless the session ends or a way to sign in changes.</param>
public sealed record ReauthenticationDto(DateTimeOffset ExpiresAt);
