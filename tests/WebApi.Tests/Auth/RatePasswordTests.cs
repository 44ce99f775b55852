using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class RatePasswordTests
{
    private readonly ApiClient _client = Api.Shared.Anonymous();

    [Test]
    public async Task Returns_no_reasons_for_a_good_password()
    {
        using var response = await RateAsync(Person.GoodPassword);
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"score":4,"acceptable":true,"reasons":[],"suggestions":[]}""")
        );
        Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
    }

    [TestCase("P@ssw0rd", 0, "too_short too_weak")]
    [TestCase("kV9#tq2!Zr7", 3, "too_short")]
    [TestCase("password1234", 0, "too_weak")]
    [TestCase("fitnessify12345", 0, "too_weak")]
    [TestCase("qwertyuiop12", 0, "too_weak")]
    [TestCase("{1024}", 4, "too_long")]
    [TestCase("kV9#tq2!Zr7x-ANN.LEE", 4, "contains_identity")]
    [TestCase("kV9#tq2!Zr7x-Planner", 4, "contains_identity")]
    [TestCase("ann.lee", 0, "too_short too_weak contains_identity")]
    public async Task Returns_the_reasons_and_suggestions(string password, int atLeast, string reasons)
    {
        using var response = await RateAsync(Long(password), "ann.lee", "planner@example.test");
        var rating = await response.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rating.GetProperty("score").GetInt32(), Is.InRange(atLeast, 4));
            Assert.That(rating.GetProperty("acceptable").GetBoolean(), Is.False);
            Assert.That(rating.Texts("reasons"), Is.EqualTo(reasons.Split(' ')));
            Assert.That(rating.Texts("suggestions"), Is.Not.Empty.And.Unique);
            Assert.That(rating.Texts("suggestions"), Has.All.Match("^[A-Z][^_]+[.]$"));
        });
    }

    [TestCase(Person.GoodPassword)]
    [TestCase("password1234")]
    [TestCase("kV9#tq2!Zr7")]
    [TestCase("kV9#tq2!Zr7x")]
    [TestCase("kV9#tq2!Zr7x-{username}")]
    [TestCase("{129}")]
    public async Task Agrees_with_registration(string password)
    {
        var person = Person.Random();
        password = Long(password).Replace("{username}", person.Username, StringComparison.Ordinal);
        using var rated = await RateAsync(password, person.Username, person.Email);
        using var registered = await _client.RegisterAsync(person with { Password = password });
        var isAcceptable = (await rated.JsonAsync()).GetProperty("acceptable").GetBoolean();
        Assert.That(
            await registered.OutcomeAsync(),
            Is.EqualTo(isAcceptable ? "201" : "422 password_rejected"),
            password
        );
    }

    [TestCase("""{}""", "#/password required")]
    [TestCase("""{"password":""}""", "#/password required")]
    [TestCase("""{"password":"a\u0000b"}""", "#/password invalid_format")]
    [TestCase("""{"password":"{1025}"}""", "#/password too_long")]
    [TestCase("""{"password":"x","username":"a\u0007b"}""", "#/username invalid_format")]
    [TestCase("""{"password":"x","email":"{1025}"}""", "#/email too_long")]
    public async Task Refuses_an_invalid_body(string body, string error)
    {
        using var response = await _client.PostRawAsync(ApiClient.Strength, Long(body));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task Stores_nothing()
    {
        await using var api = Api.Start();
        var person = Person.Random();
        using var response = await api.Anonymous().PostAsync(ApiClient.Strength, person);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        await api.InDatabaseAsync(async context =>
        {
            Assert.That(await context.Accounts.AnyAsync(), Is.False);
            Assert.That(await context.AuditEvents.AnyAsync(), Is.False);
            Assert.That(await context.SignInFailures.AnyAsync(), Is.False);
        });
    }

    private Task<HttpResponseMessage> RateAsync(string password, string? username = null, string? email = null) =>
        _client.PostAsync(
            ApiClient.Strength,
            new
            {
                password,
                username,
                email,
            }
        );

    private static string Long(string text) =>
        new[] { 129, 1024, 1025 }.Aggregate(
            text,
            (all, length) =>
                all.Replace(
                    $"{{{length}}}",
                    string.Concat(Enumerable.Repeat("kV9#tq2!Zr7x", 86))[..length],
                    StringComparison.Ordinal
                )
        );
}
