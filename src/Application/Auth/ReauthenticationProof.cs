namespace Fitnessify.Application.Auth;

/// <summary>What a user shows to reauthenticate.</summary>
internal enum ReauthenticationProof
{
    Password,
    Passkey,
    Identity,
}
