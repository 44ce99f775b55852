using Fitnessify.Infrastructure.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class SendConfirmationTests
{
    private readonly ServerClock _clock = new();

    [Test]
    public async Task Mails_the_link_again()
    {
        await using var api = Api.Rent(_clock);
        var person = await api.Anonymous().RegisteredAsync();
        var first = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single();
        await ResendAsync(api, $" {person.Email.ToUpperInvariant()} ");
        var second = (await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Except([first]).Single();
        Assert.That(await api.ConfirmAsync(second), Is.EqualTo("204"));
    }

    [Test]
    public async Task Sends_no_mail_where_nothing_can_be_confirmed()
    {
        await using var api = Api.Rent(_clock);
        var confirmed = (await api.ConfirmedAsync()).Person.Email;
        var disabled = (await api.Anonymous().RegisteredAsync()).Email;
        await api.InDatabaseAsync(context =>
            context
                .Accounts.Where(user => user.Email == disabled)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch))
        );
        foreach (var address in (string[])[confirmed, disabled, "nobody@example.test"])
        {
            var before = await api.MailsToAsync(address);
            await ResendAsync(api, address);
            Assert.That(await api.MailsToAsync(address), Is.EqualTo(before), address);
        }
    }

    [Test]
    public async Task Responds_to_a_known_and_an_unknown_address_alike()
    {
        var person = await Api.Shared.Anonymous().RegisteredAsync();
        var known = await AcceptedAnswers.VisiblePartsAsync(Api.Shared, AccountLinks.Resend, person.Email);
        var unknown = await AcceptedAnswers.VisiblePartsAsync(Api.Shared, AccountLinks.Resend, "nobody@example.test");
        Assert.That(known, Does.StartWith("202 \n"));
        Assert.That(unknown, Is.EqualTo(known));
    }

    [TestCase("""{}""", "#/email required")]
    [TestCase("""{"email":"plain"}""", "#/email invalid_format")]
    [TestCase("""{"email":7}""", "#/email invalid_type")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        using var response = await Api.Shared.Anonymous().PostRawAsync(AccountLinks.Resend, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    private static async Task ResendAsync(Api api, string email)
    {
        using var response = await api.Anonymous().PostAsync(AccountLinks.Resend, new { email });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("202"));
    }
}
