namespace Fitnessify.WebApi.Tests.Auth;

public sealed class RegisterUserTests
{
    private const string LongestLabel = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk";

    private readonly ApiClient _client = Api.Shared.Anonymous();

    [Test]
    public async Task Creates_an_account_and_returns_it()
    {
        await using var api = Api.Start(clock: new ServerClock());
        using var response = await api.Anonymous()
            .PostAsync(
                ApiClient.Register,
                new
                {
                    username = " Ann.Lee ",
                    email = "\tAnn@Example.test ",
                    password = Person.GoodPassword,
                }
            );
        var user = await response.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(201));
            Assert.That(response.Header("Location"), Is.EqualTo("/api/v1/users/me"));
            Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(response.Header("Content-Type"), Does.StartWith("application/json"));
            Assert.That(user.GetProperty("id").TryGetGuid(out _), Is.True);
            Assert.That(
                user.ToString().Replace(user.Text("id"), "(id)", StringComparison.Ordinal),
                Is.EqualTo(
                    """{"id":"(id)","kind":"member","username":"Ann.Lee","email":"Ann@Example.test","emailConfirmed":false,"displayName":null,"locale":"en","timeZone":"UTC","signInMethods":["password"],"""
                        + """ "roles":["member"],"permissions":[],"createdAt":"2031-05-06T07:08:09.123Z"}""".TrimStart()
                )
            );
        });
    }

    [Test]
    public async Task Refuses_a_username_or_an_address_that_differs_from_a_taken_one_only_in_case()
    {
        var first = await _client.RegisteredAsync();
        var other = Person.Random();
        using var sameName = await _client.RegisterAsync(other with { Username = first.Username.ToUpperInvariant() });
        using var sameEmail = await _client.RegisterAsync(other with { Email = first.Email.ToUpperInvariant() });
        using var afterwards = await _client.RegisterAsync(other);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await sameName.OutcomeAsync(), Is.EqualTo("409 username_taken"));
            Assert.That(await sameEmail.OutcomeAsync(), Is.EqualTo("409 email_taken"));
            Assert.That(await afterwards.OutcomeAsync(), Is.EqualTo("201"));
        });
    }

    [Test]
    public async Task Gives_a_name_to_one_of_fifty_concurrent_requests()
    {
        var username = Person.Random().Username;
        var responses = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => _client.RegisterAsync(Person.Random() with { Username = username }))
        );
        var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
        Assert.That(outcomes.Order(), Is.EqualTo((string[])["201", .. Enumerable.Repeat("409 username_taken", 49)]));
    }

    [TestCase("roles", """["admin"]""")]
    [TestCase("permissions", """["users:manage"]""")]
    [TestCase("ownerId", "\"0197a000-0000-7000-8000-000000000003\"")]
    [TestCase("id", "\"0197a000-0000-7000-8000-000000000003\"")]
    [TestCase("createdAt", "\"2020-01-01T00:00:00Z\"")]
    [TestCase("emailConfirmed", "true")]
    [TestCase("Username", "\"somebody\"")]
    public async Task Refuses_a_member_that_the_caller_may_not_set(string member, string value)
    {
        var person = Person.Random();
        using var response = await _client.PostRawAsync(
            ApiClient.Register,
            $$"""{"username":"{{person.Username}}","email":"{{person.Email}}","password":"x","{{member}}":{{value}}}"""
        );
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 unknown_member"));
            Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[$"#/{member} not_allowed"]));
        });
    }

    [TestCase(null, "required")]
    [TestCase("", "required")]
    [TestCase(" \t ", "required")]
    [TestCase("ab", "too_short")]
    [TestCase("abcdefghijabcdefghijabcdefghijk", "too_long")]
    [TestCase("-abc", "invalid_format")]
    [TestCase("abc_", "invalid_format")]
    [TestCase(".abc", "invalid_format")]
    [TestCase("a bc", "invalid_format")]
    [TestCase("a@bc", "invalid_format")]
    [TestCase("äbcd", "invalid_format")]
    [TestCase("abc\u0000d", "invalid_format")]
    [TestCase("abc\u200Bd", "invalid_format")]
    [TestCase("admin", "not_allowed")]
    [TestCase("RooT", "not_allowed")]
    [TestCase("no-reply", "not_allowed")]
    [TestCase("fitnessify", "not_allowed")]
    public Task Refuses_an_invalid_username(string? username, string code) =>
        RefusesAsync(Person.Random() with { Username = username! }, $"#/username {code}");

    [TestCase("a.b")]
    [TestCase("0_9")]
    [TestCase("Abcdefghij-bcdefghij_bcdefghi9")]
    public Task Accepts_a_valid_username(string username) => TakesAsync(Person.Random() with { Username = username });

    [TestCase(null, "required")]
    [TestCase("", "required")]
    [TestCase("plain", "invalid_format")]
    [TestCase("a@nodot", "invalid_format")]
    [TestCase("@example.test", "invalid_format")]
    [TestCase("a@b@example.test", "invalid_format")]
    [TestCase("a b@example.test", "invalid_format")]
    [TestCase("a@example..test", "invalid_format")]
    [TestCase("a@-example.test", "invalid_format")]
    [TestCase("a@example.test.", "invalid_format")]
    [TestCase("a@exämple.test", "invalid_format")]
    [TestCase("a\u0000@example.test", "invalid_format")]
    [TestCase(LongestLabel + "ab@example.test", "too_long")]
    [TestCase("a@" + LongestLabel + "l.test", "invalid_format")]
    [TestCase(LongestLabel + "@" + LongestLabel + "." + LongestLabel + "." + LongestLabel, "too_long")]
    public Task Refuses_an_invalid_address(string? email, string code) =>
        RefusesAsync(Person.Random() with { Email = email! }, $"#/email {code}");

    [TestCase("a@b.c")]
    [TestCase("a.!#$%&'*+/=?^_`{|}~-b@example.test")]
    [TestCase(LongestLabel + "a@example.test")]
    [TestCase(
        LongestLabel
            + "@"
            + LongestLabel
            + "."
            + LongestLabel
            + ".abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijab"
    )]
    public Task Accepts_a_valid_address(string email) => TakesAsync(Person.Random() with { Email = email });

    [TestCase(null, "required")]
    [TestCase("", "required")]
    [TestCase("Violet-Kettle\u0007-93-Umbrella", "invalid_format")]
    [TestCase("Violet-Kettle\u2066-93-Umbrella", "invalid_format")]
    public Task Refuses_a_password_that_is_not_text(string? password, string code) =>
        RefusesAsync(Person.Random() with { Password = password! }, $"#/password {code}");

    [Test]
    public Task Reports_all_errors_at_once() =>
        RefusesAsync(new Person("a", "b", ""), "#/username too_short", "#/email invalid_format", "#/password required");

    [TestCase("kV9#tq2!Zr7", "too_short")]
    [TestCase("password1234", "too_weak")]
    [TestCase("fitnessify12345", "too_weak")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaa", "too_weak")]
    [TestCase("kV9#tq2!Zr7x-{username}", "contains_identity")]
    [TestCase("kV9#tq2!Zr7x-{USERNAME}", "contains_identity")]
    [TestCase("kV9#tq2!Zr7x-{local}", "contains_identity")]
    [TestCase("{129}", "too_long")]
    [TestCase("{username}{129}", "too_long contains_identity")]
    public async Task Rejects_an_unacceptable_password(string password, string reasons)
    {
        var person = Person.Random() with { Email = $"local-{Guid.NewGuid():N}@example.test" };
        using var response = await _client.RegisterAsync(
            person with
            {
                Password = password
                    .Replace("{username}", person.Username, StringComparison.Ordinal)
                    .Replace("{USERNAME}", person.Username.ToUpperInvariant(), StringComparison.Ordinal)
                    .Replace("{local}", person.Email.Split('@')[0], StringComparison.Ordinal)
                    .Replace("{129}", LongPassword(129), StringComparison.Ordinal),
            }
        );
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("422 password_rejected"));
            Assert.That(await response.ReasonsAsync(), Is.EqualTo(reasons));
        });
    }

    [Test]
    public async Task Accepts_the_shortest_and_the_longest_password()
    {
        await TakesAsync(Person.Random() with { Password = "kV9#tq2!Zr7x" });
        await TakesAsync(Person.Random() with { Password = LongPassword(128) });
    }

    [Test]
    public async Task Uses_the_configured_minimum_length_and_score()
    {
        await using var api = Api.Start(
            new() { ["Accounts:MinimumPasswordLength"] = "8", ["Accounts:MinimumPasswordScore"] = "0" }
        );
        using var response = await api.Anonymous().RegisterAsync(Person.Random() with { Password = "password" });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
    }

    private static string LongPassword(int length) => string.Concat(Enumerable.Repeat("kV9#tq2!Zr7x", 11))[..length];

    private async Task RefusesAsync(Person person, params string[] errors)
    {
        using var response = await _client.RegisterAsync(person);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
            Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
        });
    }

    private async Task TakesAsync(Person person)
    {
        using var response = await _client.RegisterAsync(person);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
    }
}
