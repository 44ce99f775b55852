using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;

namespace Fitnessify.WebApi.Tests.Accounts;

public sealed class GetMeTests
{
    [Test]
    public async Task Returns_the_registered_user()
    {
        var client = Api.Shared.Anonymous();
        var person = Person.Random();
        using var registered = await client.RegisterAsync(person);
        await client.SignInAsync(person);
        using var me = await client.GetAsync(ApiClient.Me);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(me.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That((await me.JsonAsync()).ToString(), Is.EqualTo((await registered.JsonAsync()).ToString()));
        });
    }

    [Test]
    public async Task Answers_HEAD_like_GET_without_a_body()
    {
        var client = await Api.Shared.SignedInAsync();
        using var head = await client.SendAsync("HEAD", ApiClient.Me);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((int)head.StatusCode, Is.EqualTo(200));
            Assert.That(head.Header("Content-Type"), Does.StartWith("application/json"));
            Assert.That(await head.Content.ReadAsStringAsync(), Is.Empty);
        });
    }

    [TestCase(null)]
    [TestCase("Bearer")]
    [TestCase("Bearer garbage")]
    [TestCase("Bearer Q2ZESjhB")]
    [TestCase("Basic YW5uOnNlY3JldA==")]
    public async Task Requires_a_token_that_was_issued_here(string? authorization)
    {
        var client = Api.Shared.Anonymous();
        using var me = authorization is null
            ? await client.GetAsync(ApiClient.Me)
            : await client.SendAsync("GET", ApiClient.Me, ("Authorization", authorization));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
            Assert.That(me.Header("WWW-Authenticate"), Is.EqualTo("Bearer"));
        });
    }

    [Test]
    public async Task Accepts_the_authentication_scheme_in_any_case()
    {
        var client = await Api.Shared.SignedInAsync();
        using var me = await Api
            .Shared.Anonymous()
            .SendAsync("GET", ApiClient.Me, ("Authorization", $"bearer {client.AccessToken}"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Refuses_a_refresh_token_in_place_of_an_access_token()
    {
        var client = await Api.Shared.SignedInAsync();
        client.AccessToken = client.RefreshToken;
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
    }

    [Test]
    public async Task Refuses_a_token_of_another_server()
    {
        await using var other = Api.Start(services: services =>
            services.AddDataProtection().SetApplicationName("Another server").UseEphemeralDataProtectionProvider()
        );
        var client = Api.Shared.Anonymous();
        client.AccessToken = (await other.SignedInAsync()).AccessToken;
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
    }

    [TestCase("Bearer")]
    [TestCase("bearer")]
    public async Task Distinguishes_an_expired_token_from_an_invalid_one(string scheme)
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var token = (await api.SignedInAsync()).AccessToken;
        clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        using var before = await api.Anonymous().SendAsync("GET", ApiClient.Me, ("Authorization", $"{scheme} {token}"));
        clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await api.Anonymous().SendAsync("GET", ApiClient.Me, ("Authorization", $"{scheme} {token}"));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await after.OutcomeAsync(), Is.EqualTo("401 token_expired"));
            Assert.That(after.Header("WWW-Authenticate"), Is.EqualTo("Bearer error=\"invalid_token\""));
        });
    }

    [Test]
    public async Task A_token_ends_with_the_account()
    {
        var client = await Api.Shared.SignedInAsync();
        await Api.Shared.InDatabaseAsync(context =>
            context.Accounts.Where(user => user.Username == client.Person.Username).ExecuteDeleteAsync()
        );
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
    }

    [Test]
    public async Task Fails_like_authentication_when_the_account_is_deleted_after_it()
    {
        await using var api = Api.Start(services: services =>
        {
            services.AddScoped<AccountRepository>();
            services.Replace(
                ServiceDescriptor.Scoped(provider => WithoutUsers(provider.GetRequiredService<AccountRepository>()))
            );
        });
        using var me = await (await api.SignedInAsync()).GetAsync(ApiClient.Me);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(me.Header("WWW-Authenticate"), Is.EqualTo("Bearer error=\"invalid_token\""));
        });
    }

    private static IAccountRepository WithoutUsers(AccountRepository real)
    {
        var accounts = new Mock<IAccountRepository>();
        accounts.Setup(port => port.Add(It.IsAny<Account>())).Callback<Account>(real.Add);
        accounts
            .Setup(port => port.FindCredentialsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns<string, CancellationToken>(real.FindCredentialsAsync);
        return accounts.Object;
    }
}
