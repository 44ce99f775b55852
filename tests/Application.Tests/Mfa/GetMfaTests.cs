using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class GetMfaTests
{
    [TestCase(true, 7)]
    [TestCase(false, 0)]
    public async Task Says_how_the_factor_stands(bool isEnabled, int left)
    {
        var ports = new Ports();
        var factors = new Factors(ports) { State = new SecondFactor(isEnabled, null, left) };

        var result = await new GetMfaHandler(ports, factors).Handle(new GetMfaQuery(), CancellationToken.None);

        Assert.That(result.Value, Is.EqualTo(new MfaDto(isEnabled, left)));
    }
}
