using Fitnessify.Application.Tests.Passkeys;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>Some authenticators omit empty extension results.</summary>
public sealed class PasskeyCredentialTests : PasskeyTests
{
    [Test]
    public async Task Accepts_a_credential_without_extension_results()
    {
        var registration = await Server.RegistrationAsync(Authenticator, Password);
        Assert.That(
            (await SendAsync(registration with { Credential = Without(registration.Credential) })).Error,
            Is.Null
        );
        var login = await Server.AuthenticationAsync(Authenticator);
        Assert.That((await SendAsync(login with { Credential = Without(login.Credential) })).Error, Is.Null);
    }

    private static Dictionary<string, object?> Without(IReadOnlyDictionary<string, object?> credential)
    {
        Assert.That(credential, Does.ContainKey("clientExtensionResults"));
        return credential.Where(member => member.Key != "clientExtensionResults").ToDictionary();
    }
}
