using System.Net.Http.Json;

namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>Ten wrong passwords are allowed in fifteen minutes.</summary>
public sealed class SignInThrottleTests
{
    private const string Wrong = "Wrong-Kettle-93-Umbrella";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly ServerClock _clock = new();

    [Test]
    public async Task Refuses_the_eleventh_attempt_for_known_and_unknown_logins_alike([Values] bool hasRateLimits)
    {
        await using var api = Start(("RateLimits:Enabled", $"{hasRateLimits}"));
        var owner = await api.SignedInAsync();
        string[] logins = [owner.Person.Username, owner.Person.Email, Person.Random().Username, "nobody@example.test"];
        List<string> faces = [];
        foreach (var login in logins)
        {
            await FailAsync(api, login, 10);
            // The correct password and another case are refused too.
            using var response = await api.Anonymous().LoginAsync(login.ToUpperInvariant());
            faces.Add(await response.VisiblePartsAsync());
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"), login);
            Assert.That(response.Header("Retry-After"), Is.EqualTo("900"), login);
            Assert.That(response.Header("RateLimit") is not null, Is.EqualTo(hasRateLimits));
        }

        using var me = await owner.GetAsync(ApiClient.Me);
        using var refresh = await owner.RefreshAsync();
        Assert.That(faces.Distinct(), Has.One.Items);
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task The_limit_ends_with_the_window_that_the_first_failure_started()
    {
        await using var api = Start();
        var person = await api.Anonymous().RegisteredAsync();
        await FailAsync(api, person.Username, 9);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await FailAsync(api, person.Username, 1);
        using var refused = await api.Anonymous().LoginAsync(person.Username);
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        using var stillRefused = await api.Anonymous().LoginAsync(person.Username);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await FailAsync(api, person.Username, 9);
        using var right = await api.Anonymous().LoginAsync(person.Username);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await refused.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
            Assert.That(refused.Header("Retry-After"), Is.EqualTo("300"));
            Assert.That(await stillRefused.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
            Assert.That(stillRefused.Header("Retry-After"), Is.EqualTo("1"));
            Assert.That(await right.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [Test]
    public async Task A_correct_password_clears_the_failures()
    {
        await using var api = Start();
        var person = await api.Anonymous().RegisteredAsync();
        for (var i = 0; i < 2; i++)
        {
            await FailAsync(api, person.Username, 9);
            using var right = await api.Anonymous().LoginAsync(person.Username);
            Assert.That(await right.OutcomeAsync(), Is.EqualTo("200"));
        }
    }

    [Test]
    public async Task Servers_share_the_count_and_it_survives_them()
    {
        await using var first = Start();
        var person = await first.Anonymous().RegisteredAsync();
        await FailAsync(first, person.Username, 6);
        await FailAsync(first, "nobody", 6);
        await using var second = Start(("ConnectionStrings:Fitnessify", first.ConnectionString));
        await FailAsync(second, person.Username, 4);
        await FailAsync(second, "nobody", 4);
        foreach (var api in (Api[])[second, first])
        {
            using var known = await api.Anonymous().LoginAsync(person.Username);
            using var unknown = await api.Anonymous().LoginAsync("nobody");
            Assert.That(await known.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
            Assert.That(await unknown.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
        }
    }

    [Test]
    public async Task Parallel_guesses_cannot_exceed_the_limit()
    {
        await using var api = Start();
        var person = await api.Anonymous().RegisteredAsync();
        var responses = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => api.Anonymous().LoginAsync(person.Username, Wrong))
        );
        var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
        Assert.That(
            outcomes.Order(),
            Is.EqualTo(
                (string[])
                    [
                        .. Enumerable.Repeat("401 invalid_credentials", 10),
                        .. Enumerable.Repeat("429 too_many_attempts", 30),
                    ]
            )
        );
    }

    [Test]
    public async Task Counts_by_network_address_across_all_logins()
    {
        await using var api = Start(
            ("Accounts:FailedSignInAddressLimit", "3"),
            ("Transport:KnownProxies:0", "127.0.0.1")
        );
        var person = await api.Anonymous().RegisteredAsync();
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(api, $"nobody{i}", 1);
        }

        using var here = await api.Anonymous().LoginAsync(person.Username);
        Assert.That(await here.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));

        using var request = new HttpRequestMessage(HttpMethod.Post, ApiClient.Login)
        {
            Content = JsonContent.Create(new { login = person.Username, password = person.Password }),
        };
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        using var elsewhere = await api.Anonymous().SendAsync(request);
        _clock.Advance(Window);
        using var later = await api.Anonymous().LoginAsync(person.Username);
        Assert.That(await elsewhere.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await later.OutcomeAsync(), Is.EqualTo("200"));
    }

    private Api Start(params (string Key, string Value)[] settings) =>
        Api.Start(settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value), clock: _clock);

    private static async Task FailAsync(Api api, string login, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var response = await api.Anonymous().LoginAsync(login, Wrong);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"), $"{login} {i}");
        }
    }
}
