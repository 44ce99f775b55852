using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;

namespace Fitnessify.Application.Tests.Auth;

public sealed class GetPasswordPolicyTests
{
    [TestCase(12, 3)]
    [TestCase(20, 4)]
    public async Task Returns_the_configured_policy(int minimumLength, int minimumScore)
    {
        var handler = new GetPasswordPolicyHandler(
            new AccountOptions { MinimumPasswordLength = minimumLength, MinimumPasswordScore = minimumScore }
        );

        var result = await handler.Handle(new GetPasswordPolicyQuery(), CancellationToken.None);

        Assert.That(result.Value, Is.EqualTo(new PasswordPolicyDto(minimumLength, 128, minimumScore)));
    }
}
