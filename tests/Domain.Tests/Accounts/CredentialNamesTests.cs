using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Tests.Accounts;

public sealed class CredentialNamesTests
{
    [TestCase(false, false, "", "")]
    [TestCase(true, false, "", "password")]
    [TestCase(false, true, "", "passkey")]
    [TestCase(false, false, "google", "google")]
    [TestCase(true, true, "google apple", "password passkey apple google")]
    [TestCase(false, true, "google apple google", "passkey apple google")]
    public void Lists_password_passkey_and_each_provider_once(
        bool hasPassword,
        bool hasPasskey,
        string providers,
        string expected
    ) =>
        Assert.That(
            string.Join(
                ' ',
                CredentialNames.Of(hasPassword, hasPasskey, providers.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            ),
            Is.EqualTo(expected)
        );
}
