using Fitnessify.Infrastructure.Common;
using Fitnessify.WebApi.Http.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Fitnessify.WebApi.Tests.Edge;

/// <summary>These tests cover HTTPS, proxies and CORS.</summary>
public sealed class TransportTests
{
    private const string Origin = "https://app.example.test";
    private const string HstsValue = "max-age=31536000; includeSubDomains";

    // HSTS has no effect on an IP address, so the framework omits it there.
    private static readonly (string, string) ByName = ("Host", "api.example.test");
    private static readonly (string, string) ByHttps = ("X-Forwarded-Proto", "https");

    [Test]
    public async Task Refuses_plain_HTTP_outside_Development()
    {
        await using var api = StartProduction();
        var client = api.Anonymous();
        string[] paths = [ApiClient.Me, "/", "/docs/index.html", "/openapi/v1.json", "/healthy"];
        foreach (var path in paths)
        {
            using var refused = await client.SendAsync("GET", path, ByName);
            Assert.That(await refused.OutcomeAsync(), Is.EqualTo("403 https_required"), path);
            Assert.That(refused.Header("Strict-Transport-Security"), Is.Null, path);
        }

        using var live = await client.GetAsync("/health/live");
        using var ready = await client.GetAsync("/health/ready");
        Assert.That(await live.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await ready.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("Transport:KnownProxies:0", "127.0.0.1")]
    [TestCase("Transport:KnownNetworks:0", "127.0.0.0/8")]
    public async Task Trusts_a_known_proxy_that_the_caller_used_HTTPS(string key, string value)
    {
        await using var api = StartProduction((key, value));
        using var response = await api.Anonymous().SendAsync("GET", ApiClient.Me, ByName, ByHttps);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
            Assert.That(response.Header("Strict-Transport-Security"), Does.StartWith(HstsValue));
        });
    }

    [TestCase("Transport:KnownProxies:0", "10.1.2.3")]
    [TestCase("Transport:KnownNetworks:0", "10.0.0.0/8")]
    [TestCase("Transport:RequireHttps", "true")]
    public async Task Trusts_no_other_proxy(string key, string value)
    {
        await using var api = StartProduction((key, value));
        using var response = await api.Anonymous().SendAsync("GET", ApiClient.Me, ByName, ByHttps);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("403 https_required"));
    }

    [TestCase("127.0.0.1", "200 200 429")]
    [TestCase("10.1.2.3", "200 429 429")]
    public async Task Counts_callers_by_the_address_from_a_known_proxy(string proxy, string statuses)
    {
        await using var api = Api.Start(
            new() { ["Transport:KnownProxies:0"] = proxy, ["RateLimits:Default:Permits"] = "1" }
        );
        var person = await api.Anonymous().RegisteredAsync();
        List<string> seen = [];
        // The second address occurs twice, once more through an untrusted hop, which changes nothing.
        foreach (var address in (string[])["192.0.2.1", "192.0.2.2", "203.0.113.9, 192.0.2.2"])
        {
            using var response = await api.Anonymous().SendAsync("GET", ApiClient.Me, ("X-Forwarded-For", address));
            seen.Add((int)response.StatusCode == 401 ? "200" : $"{(int)response.StatusCode}");
        }

        Assert.That(string.Join(' ', seen), Is.EqualTo(statuses), person.Username);
    }

    [Test]
    public async Task Requires_HTTPS_in_Development_only_when_configured()
    {
        await using var api = Api.Start(new() { ["Transport:RequireHttps"] = "true" });
        using var refused = await api.Anonymous().GetAsync(ApiClient.Me);
        using var normal = await Api.Shared.Anonymous().GetAsync(ApiClient.Me);
        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("403 https_required"));
        Assert.That(await normal.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
    }

    [TestCase("GET")]
    [TestCase("OPTIONS")]
    public async Task Refuses_other_origins_by_default(string method)
    {
        using var response = await Api
            .Shared.Anonymous()
            .SendAsync(method, ApiClient.Me, ("Origin", Origin), ("Access-Control-Request-Method", "GET"));
        Assert.That(response.Headers.Select(header => header.Key), Has.None.StartsWith("Access-Control-"));
    }

    [Test]
    public async Task Allows_only_the_configured_origin()
    {
        await using var api = Api.Start(new() { ["Cors:Origins:0"] = Origin });
        var client = api.Anonymous();
        using var response = await client.SendAsync("GET", ApiClient.Me, ("Origin", Origin));
        using var other = await client.SendAsync("GET", ApiClient.Me, ("Origin", "https://evil.example.test"));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
            Assert.That(response.Header("Access-Control-Allow-Origin"), Is.EqualTo(Origin));
            Assert.That(response.Header("Access-Control-Allow-Credentials"), Is.Null);
            Assert.That(
                response.Header("Access-Control-Expose-Headers")?.Split(','),
                Is.EquivalentTo((string[])["ETag", "Location", "Retry-After", "RateLimit", "RateLimit-Policy"])
            );
            Assert.That(other.Headers.Select(header => header.Key), Has.None.StartsWith("Access-Control-"));
        });
    }

    [TestCase("https://app.example.org/")]
    [TestCase("app.example.org")]
    [TestCase("*")]
    [TestCase("ftp://app.example.org")]
    public void An_origin_that_no_browser_sends_stops_the_startup(string origin) =>
        Assert.That(
            () =>
                new ServiceCollection().AddTransport(
                    new ConfigurationBuilder().AddInMemoryCollection([new("Cors:Origins:0", origin)]).Build(),
                    Mock.Of<IWebHostEnvironment>()
                ),
            Throws
                .TypeOf<SettingsException>()
                .With.Message.EqualTo(
                    $"Cors:Origins: '{origin}' is no origin; use some such as https://app.example.org."
                )
        );

    [TestCase("Transport:KnownProxies:0", "proxy.example.org", "'proxy.example.org' is no IP address.")]
    [TestCase("Transport:KnownNetworks:0", "10.0.0.0/40", "'10.0.0.0/40' is no network; use 10.0.0.0/8.")]
    public void A_proxy_without_an_address_stops_the_startup(string setting, string value, string message) =>
        Assert.That(
            () =>
                new ServiceCollection().AddTransport(
                    new ConfigurationBuilder().AddInMemoryCollection([new(setting, value)]).Build(),
                    Mock.Of<IWebHostEnvironment>()
                ),
            Throws.TypeOf<SettingsException>().With.Message.EqualTo($"{setting}: {message}")
        );

    [TestCase("GET", ApiClient.Me)]
    [TestCase("POST", ApiClient.Logout)]
    public async Task Responds_to_a_preflight_without_a_token(string method, string path)
    {
        await using var api = Api.Start(new() { ["Cors:Origins:0"] = Origin, ["RateLimits:Default:Permits"] = "1" });
        for (var i = 0; i < 3; i++)
        {
            using var preflight = await api.Anonymous()
                .SendAsync(
                    "OPTIONS",
                    path,
                    ("Origin", Origin),
                    ("Access-Control-Request-Method", method),
                    ("Access-Control-Request-Headers", "authorization,content-type")
                );
            Assert.Multiple(() =>
            {
                Assert.That((int)preflight.StatusCode, Is.EqualTo(204));
                Assert.That(preflight.Header("Access-Control-Allow-Origin"), Is.EqualTo(Origin));
                Assert.That(preflight.Header("Access-Control-Allow-Methods"), Is.EqualTo(method));
                Assert.That(preflight.Header("Access-Control-Max-Age"), Is.EqualTo("7200"));
                Assert.That(preflight.Header("Access-Control-Allow-Headers"), Is.EqualTo("authorization,content-type"));
            });
        }
    }

    private static Api StartProduction(params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value);
        all["environment"] = "Production";
        all["Accounts:PasswordIterations"] = "220000";
        return Api.Start(all);
    }
}
