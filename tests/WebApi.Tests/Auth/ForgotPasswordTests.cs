using System.Net.Http.Json;
using Fitnessify.Infrastructure.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class ForgotPasswordTests
{
    private readonly ServerClock _clock = new();

    [Test]
    public async Task Responds_to_a_known_and_an_unknown_address_alike()
    {
        var person = await Api.Shared.Anonymous().RegisteredAsync();
        var known = await AcceptedAnswers.VisiblePartsAsync(Api.Shared, AccountLinks.Forgot, person.Email);
        var unknown = await AcceptedAnswers.VisiblePartsAsync(Api.Shared, AccountLinks.Forgot, "nobody@example.test");
        Assert.That(known, Does.StartWith("202 \n").And.Contain("Cache-Control: no-store"));
        Assert.That(unknown, Is.EqualTo(known));
    }

    [Test]
    public async Task Sends_no_mail_to_an_address_without_an_enabled_account()
    {
        await using var api = Api.Rent(_clock);
        var disabled = (await api.Anonymous().RegisteredAsync()).Email;
        await api.InDatabaseAsync(context =>
            context.Accounts.ExecuteUpdateAsync(set =>
                set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch)
            )
        );
        foreach (var address in (string[])[disabled, "nobody@example.test"])
        {
            using var response = await api.Anonymous().PostAsync(AccountLinks.Forgot, new { email = address });
            Assert.That(await api.LinksToAsync(address, Link.ResetPassword), Is.Empty, address);
        }
    }

    /// <summary>Links to confirm and to reset count together, in any case of the address.</summary>
    [Test]
    public async Task Sends_no_sixth_mail_within_an_hour()
    {
        await using var api = Api.Rent(_clock);
        // The first of these links confirms the address and does not count here.
        var email = (await api.Anonymous().RegisteredAsync()).Email;
        var other = (await api.Anonymous().RegisteredAsync()).Email;
        await AskAsync(api, email, 3);
        await AskAsync(api, email.ToUpperInvariant(), 2);
        var within = await api.MailsToAsync(email);
        await AskAsync(api, other, 1);
        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await AskAsync(api, email, 1);
        var stillWithin = await api.MailsToAsync(email);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await AskAsync(api, email, 1);
        var afterwards = await api.MailsToAsync(email);
        Assert.That(within, Has.Exactly(6).Items);
        Assert.That(stillWithin, Is.EqualTo(within));
        Assert.That(afterwards, Has.Exactly(7).Items);
        Assert.That(await api.LinksToAsync(other, Link.ResetPassword), Has.One.Items);
    }

    [TestCase("evil.example.org")]
    [TestCase("evil.example.org:8080")]
    public async Task Links_to_the_public_address_regardless_of_the_request(string host)
    {
        await using var api = Api.Start(
            new()
            {
                ["App:PublicUrl"] = "https://fitnessify.example.test/",
                ["Transport:KnownProxies:0"] = "127.0.0.1",
            },
            clock: _clock
        );
        var person = await api.Anonymous().RegisteredAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, AccountLinks.Forgot)
        {
            Content = JsonContent.Create(new { email = person.Email }),
        };
        request.Headers.Host = host;
        request.Headers.Add("X-Forwarded-Host", host);
        using var response = await api.Anonymous().SendAsync(request);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("202"));
        foreach (var mail in await api.MailsToAsync(person.Email))
        {
            Assert.That(mail.Link!.Address, Does.StartWith("https://fitnessify.example.test/account/"));
            Assert.That(mail.Text, Does.Not.Contain("evil"));
        }
    }

    [TestCase("""{}""", "#/email required")]
    [TestCase("""{"email":"plain"}""", "#/email invalid_format")]
    [TestCase("""{"email":["a@example.test"]}""", "#/email invalid_type")]
    public async Task Refuses_an_invalid_body(string body, params string[] errors)
    {
        using var response = await Api.Shared.Anonymous().PostRawAsync(AccountLinks.Forgot, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    private static async Task AskAsync(Api api, string email, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var response = await api.Anonymous().PostAsync(AccountLinks.Forgot, new { email });
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("202"));
        }
    }
}
