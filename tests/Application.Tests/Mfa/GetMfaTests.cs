using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class GetMfaTests : UseCaseTests
{
    [Test]
    public async Task Says_how_the_factor_stands()
    {
        var account = await EnterAsync();
        Assert.That((await SendAsync(new GetMfaQuery())).Value, Is.EqualTo(new MfaDto(false, 0)));

        await EnableMfaAsync(account.UserId);

        Assert.That((await SendAsync(new GetMfaQuery())).Value, Is.EqualTo(new MfaDto(true, 10)));
    }
}
