namespace Fitnessify.WebApi.Tests.Edge;

public sealed class RateLimitTests
{
    private readonly ServerClock _clock = new();

    [Test]
    public async Task Every_response_contains_the_limit_of_the_caller()
    {
        await using var api = Start(
            new()
            {
                ["RateLimits:Default:Permits"] = null,
                ["RateLimits:Refresh:Permits"] = null,
                ["RateLimits:SignIn:Permits"] = null,
            }
        );
        var client = api.Anonymous();
        var person = await client.RegisteredAsync();
        using var login = await client.LoginAsync(person.Username);
        await client.SignInAsync(person);
        using var first = await client.GetAsync(ApiClient.Me);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        using var second = await client.GetAsync(ApiClient.Me);
        using var refresh = await client.RefreshAsync();
        Assert.Multiple(() =>
        {
            Assert.That(login.Header("RateLimit-Policy"), Is.EqualTo("\"signIn\";q=30;w=60"));
            Assert.That(login.Header("RateLimit"), Is.EqualTo("\"signIn\";r=28;t=60"));
            Assert.That(first.Header("RateLimit-Policy"), Is.EqualTo("\"default\";q=300;w=60"));
            Assert.That(first.Header("RateLimit"), Is.EqualTo("\"default\";r=299;t=60"));
            Assert.That(second.Header("RateLimit"), Is.EqualTo("\"default\";r=298;t=60"));
            Assert.That(refresh.Header("RateLimit-Policy"), Is.EqualTo("\"refresh\";q=60;w=60"));
            Assert.That(refresh.Header("RateLimit"), Is.EqualTo("\"refresh\";r=59;t=60"));
        });
    }

    [Test]
    public async Task Refuses_requests_beyond_the_limit_until_the_window_ends()
    {
        await using var api = Start(
            new() { ["RateLimits:SignIn:Permits"] = "2", ["RateLimits:SignIn:WindowSeconds"] = "10" }
        );
        var client = api.Anonymous();
        var person = await client.RegisteredAsync();
        using var second = await client.LoginAsync(person.Username);
        _clock.Advance(TimeSpan.FromSeconds(2.5));
        using var third = await client.LoginAsync(person.Username);
        _clock.Advance(TimeSpan.FromSeconds(7.5));
        using var afterwards = await client.LoginAsync(person.Username);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await second.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await third.OutcomeAsync(), Is.EqualTo("429 rate_limited"));
            Assert.That(third.Header("Retry-After"), Is.EqualTo("8"));
            Assert.That(third.Header("RateLimit-Policy"), Is.EqualTo("\"signIn\";q=2;w=10"));
            Assert.That(third.Header("RateLimit"), Is.EqualTo("\"signIn\";r=0;t=8"));
            Assert.That(await afterwards.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(afterwards.Header("RateLimit"), Is.EqualTo("\"signIn\";r=1;t=10"));
        });
    }

    [Test]
    public async Task Counts_signed_in_callers_by_user_and_others_by_address()
    {
        await using var api = Start(new() { ["RateLimits:Default:Permits"] = "1" });
        var (ann, bob) = (await api.SignedInAsync(), await api.SignedInAsync());
        var annsTablet = api.Anonymous();
        await annsTablet.SignInAsync(ann.Person);
        ApiClient[] callers = [ann, bob, annsTablet, api.Anonymous(), api.Anonymous()];
        List<string> outcomes = [];
        foreach (var caller in callers)
        {
            using var response = await caller.GetAsync(ApiClient.Me);
            outcomes.Add(await response.OutcomeAsync());
        }

        Assert.That(
            outcomes,
            Is.EqualTo((string[])["200", "200", "429 rate_limited", "401 unauthenticated", "429 rate_limited"])
        );
    }

    [Test]
    public async Task Whoever_goes_on_with_the_token_of_an_ended_session_does_not_use_up_the_limit_of_the_user()
    {
        await using var api = Start(new() { ["RateLimits:Default:Permits"] = "4" });
        var ann = await api.SignedInAsync();
        var thief = api.Anonymous();
        await thief.SignInAsync(ann.Person);
        using var ended = await ann.SendAsync("DELETE", ApiClient.Sessions);
        List<string> outcomes = [];
        for (var i = 0; i < 6; i++)
        {
            using var response = await thief.GetAsync(ApiClient.Me);
            outcomes.Add(await response.OutcomeAsync());
        }

        using var own = await ann.GetAsync(ApiClient.Me);

        Assert.That(outcomes, Is.EqualTo([.. Enumerable.Repeat("401 session_revoked", 5), "429 rate_limited"]));
        Assert.That(own.Header("RateLimit"), Does.StartWith("\"default\";r=1;"));
    }

    [Test]
    public async Task Checking_a_name_and_a_password_does_not_use_up_registrations()
    {
        await using var api = Start(new() { ["RateLimits:SignIn:Permits"] = "1", ["RateLimits:Probe:Permits"] = "2" });
        var client = api.Anonymous();
        using var name = await client.GetAsync("/api/v1/auth/username-availability?username=ann");
        using var password = await client.PostRawAsync("/api/v1/auth/password-strength", """{"password":"a"}""");
        using var third = await client.GetAsync("/api/v1/auth/username-availability?username=anne");
        await client.RegisteredAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(name.Header("RateLimit"), Is.EqualTo("\"probe\";r=1;t=60"));
            Assert.That(password.Header("RateLimit"), Is.EqualTo("\"probe\";r=0;t=60"));
            Assert.That(await third.OutcomeAsync(), Is.EqualTo("429 rate_limited"));
        });
    }

    [Test]
    public async Task Counts_every_operation_of_a_batch()
    {
        await using var api = Start(new() { ["RateLimits:Default:Permits"] = "10" });
        var client = await api.SignedInAsync();
        using var eight = await BatchAsync(8);
        using var three = await BatchAsync(3);
        using var one = await client.GetAsync(TaskCalls.Tasks);
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var more = await BatchAsync(11);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(eight.Header("RateLimit"), Is.EqualTo("\"default\";r=2;t=60"));
            Assert.That(await three.OutcomeAsync(), Is.EqualTo("429 rate_limited"));
            Assert.That(three.Header("Retry-After"), Is.EqualTo("60"));
            Assert.That((await one.JsonAsync()).Items().Count(), Is.EqualTo(8));
            Assert.That(await more.OutcomeAsync(), Is.EqualTo("200"), "more than any window holds");
            Assert.That(more.Header("RateLimit"), Is.EqualTo("\"default\";r=0;t=60"));
        });

        Task<HttpResponseMessage> BatchAsync(int operations) =>
            client.PostAsync(
                "/api/v1/tasks/batch",
                new
                {
                    operations = Enumerable
                        .Range(0, operations)
                        .Select(n => new { op = "create", task = new { title = $"{n}" } }),
                }
            );
    }

    [Test]
    public async Task Does_not_limit_health_documents_and_unknown_paths()
    {
        await using var api = Start(new() { ["RateLimits:Default:Permits"] = "1" });
        string[] paths = ["/health/live", "/openapi/v1.json", "/docs/index.html", "/nothing"];
        foreach (var path in paths)
        {
            using var first = await api.Anonymous().GetAsync(path);
            using var second = await api.Anonymous().GetAsync(path);
            Assert.That(second.StatusCode, Is.EqualTo(first.StatusCode), path);
            Assert.That(second.Header("RateLimit"), Is.Null, path);
        }
    }

    [Test]
    public async Task Rate_limits_can_be_turned_off_for_measurements()
    {
        await using var api = Start(new() { ["RateLimits:Enabled"] = "false", ["RateLimits:SignIn:Permits"] = "1" });
        var client = await api.SignedInAsync();
        using var response = await client.LoginAsync(client.Person.Username);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(response.Header("RateLimit"), Is.Null);
    }

    private Api Start(Dictionary<string, string?> settings) => Api.Start(settings, clock: _clock);
}
