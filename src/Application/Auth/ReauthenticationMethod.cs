namespace Fitnessify.Application.Auth;

/// <summary>With what a user shows again who they are.</summary>
internal enum ReauthenticationMethod
{
    Password,
    Passkey,
    Identity,
}
