using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class GetMfaTests : UseCaseTests
{
    [Test]
    public async Task Returns_the_state_of_the_second_factor()
    {
        var account = await SignInNewUserAsync();
        Assert.That((await SendAsync(new GetMfaQuery())).Value, Is.EqualTo(new MfaDto(false, 0)));

        await EnableMfaAsync(account.UserId);

        Assert.That((await SendAsync(new GetMfaQuery())).Value, Is.EqualTo(new MfaDto(true, 10)));
    }
}
