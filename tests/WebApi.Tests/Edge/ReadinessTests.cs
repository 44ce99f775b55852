using Fitnessify.Domain.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Edge;

/// <summary>These tests check who gets which details.</summary>
public sealed class ReadinessTests
{
    private const string Ready = "/health/ready";
    private const string StatusOnly = """{"status":"healthy"}""";
    private const string Checks = """{"status":"healthy","checks":{"database":"healthy","stopping":"healthy"}}""";

    private static readonly (string, string) Proxied = ("X-Forwarded-For", "192.0.2.1");

    [Test]
    public async Task Returns_its_checks_to_local_callers()
    {
        using var response = await Api.Shared.Anonymous().GetAsync(Ready);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(Checks));
    }

    [TestCase("X-Forwarded-For", "127.0.0.1")]
    [TestCase("x-forwarded-proto", "https")]
    [TestCase("X-Original-For", "127.0.0.1:80")]
    [TestCase("X-Real-IP", "127.0.0.1")]
    [TestCase("Forwarded", "for=127.0.0.1")]
    [TestCase("Via", "1.1 proxy")]
    public async Task Returns_only_the_status_to_callers_behind_a_local_proxy(string header, string value)
    {
        using var response = await Api.Shared.Anonymous().SendAsync("GET", Ready, (header, value));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(StatusOnly));
    }

    [TestCase("192.0.2.1")]
    [TestCase("127.0.0.1")]
    public async Task Returns_only_the_status_through_a_known_proxy(string address)
    {
        await using var api = Api.Start(new() { ["Transport:KnownProxies:0"] = "127.0.0.1" });
        using var response = await api.Anonymous().SendAsync("GET", Ready, ("X-Forwarded-For", address));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(StatusOnly));
    }

    [TestCase(Roles.Member, StatusOnly)]
    [TestCase(Roles.Support, Checks)]
    public async Task Returns_its_checks_to_callers_who_may_read_the_audit_trail(string role, string body)
    {
        var client = await Api.Shared.SignedInAsAsync(role);
        using var response = await client.SendAsync("GET", Ready, Proxied);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(body));
    }

    [Test]
    public async Task Returns_the_cause_to_the_same_callers_and_only_the_status_to_others()
    {
        await using var api = Api.Start();
        var client = await api.SignedInAsAsync(Roles.Support);
        var unknownByNow = await api.SignedInAsAsync(Roles.Support);
        using var before = await client.SendAsync("GET", Ready, Proxied);
        await api.InDatabaseAsync(context =>
            context.Database.ExecuteSqlRawAsync(
                """DROP TABLE "UserRoles"; DROP TABLE "RoleClaims"; DROP TABLE "Roles";"""
            )
        );
        using var local = await api.Anonymous().GetAsync(Ready);
        using var support = await client.SendAsync("GET", Ready, Proxied);
        using var anonymous = await api.Anonymous().SendAsync("GET", Ready, Proxied);
        using var unknown = await unknownByNow.SendAsync("GET", Ready, Proxied);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await DatabaseIn(local), Does.Contain("Roles"));
            Assert.That(await DatabaseIn(support), Does.Contain("Roles"));
            Assert.That(await DatabaseIn(anonymous), Is.Null);
            Assert.That(await DatabaseIn(unknown), Is.Null, "Its session cannot be looked up.");
        });
    }

    private static async Task<string?> DatabaseIn(HttpResponseMessage response)
    {
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("503 service_unavailable"));
        return (await response.JsonAsync()).TryGetProperty("checks", out var checks) ? checks.Text("database") : null;
    }
}
