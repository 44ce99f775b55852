using System.Diagnostics;

namespace Fitnessify.Cluster;

/// <summary>Sessions on three processes with one database.</summary>
public sealed class SessionTests
{
    private static readonly TimeSpan Revocation = TimeSpan.FromSeconds(Instances.RevocationSeconds);

    private readonly Instances _own = new();
    private readonly ServerProcess[] _three = Instances.Three;

    [TearDown]
    public void CleanUp() => _own.Dispose();

    [Test]
    public async Task Each_instance_accepts_the_tokens_of_the_others()
    {
        foreach (var issuer in _three)
        {
            var device = await issuer.SignedInAsync();
            Assert.That(
                await Task.WhenAll(_three.Select(server => MeAsync(server, device))),
                Is.EqualTo(["200", "200", "200"])
            );
        }
    }

    [Test]
    public async Task Each_instance_learns_in_time_of_sessions_that_end_on_another()
    {
        var (a, others) = (_three[0], _three[1..]);
        var phone = await a.SignedInAsync();
        var tablet = await a.SignedInAsync(phone.Person);
        var laptop = await a.SignedInAsync(phone.Person);
        var watch = await a.SignedInAsync(phone.Person);
        ApiClient[] ending = [tablet, laptop, watch];
        foreach (var device in (ApiClient[])[phone, .. ending])
        {
            var everywhere = await Task.WhenAll(_three.Select(server => MeAsync(server, device)));
            Assert.That(everywhere, Has.All.EqualTo("200"));
        }

        using var ended = await phone.DeleteAsync($"{ApiClient.Sessions}/{tablet.SessionId}");
        var tabletElsewhere = others.Select(server => UntilRefusedAsync(server, tablet)).ToList();
        using var logout = await laptop.PostAsync(ApiClient.Logout);
        var laptopElsewhere = others.Select(server => UntilRefusedAsync(server, laptop)).ToList();
        using var changed = await phone.PutAsync(
            ApiClient.Password,
            new { currentPassword = Person.GoodPassword, newPassword = "Copper-Lantern-58-Orchard" }
        );
        var watchElsewhere = others.Select(server => UntilRefusedAsync(server, watch)).ToList();
        var here = await Task.WhenAll(ending.Select(device => MeAsync(a, device)));
        Assert.That(here, Has.All.EqualTo("401 session_revoked"));

        var elsewhere = await Task.WhenAll([.. tabletElsewhere, .. laptopElsewhere, .. watchElsewhere]);
        Assert.That(elsewhere, Has.All.EqualTo("401 session_revoked"), $"After {Revocation}.");
        var still = await Task.WhenAll(_three.Select(server => MeAsync(server, phone)));
        Assert.That(still, Has.All.EqualTo("200"));
    }

    [Test]
    public async Task Each_instance_learns_in_time_of_admin_actions_on_another()
    {
        var (a, b, c) = (_three[0], _three[1], _three[2]);
        var admin = await a.SignedInAsync(Instances.Grace);
        var (ann, bob) = (await b.SignedInAsync(), await c.SignedInAsync());
        Assert.That(await OutcomeAsync(b, ann, AdminCalls.Users), Is.EqualTo("403 permission_denied"));
        Assert.That(await MeAsync(c, bob), Is.EqualTo("200"));

        Assert.That(await admin.ActAsync("roles", await ann.IdAsync(), "support"), Is.EqualTo("200"));
        var granted = UntilAsync(b, ann, AdminCalls.Users, "200");
        Assert.That(await admin.ActAsync("disable", await bob.IdAsync()), Is.EqualTo("204"));
        var disabled = UntilRefusedAsync(c, bob);
        Assert.That(await granted, Is.EqualTo("200"));
        Assert.That(await disabled, Is.EqualTo("401 session_revoked"));

        Assert.That(await admin.ActAsync("roles", await ann.IdAsync()), Is.EqualTo("200"));
        var withdrawn = await UntilAsync(b, ann, AdminCalls.Users, "403 permission_denied");
        Assert.That(withdrawn, Is.EqualTo("403 permission_denied"));
    }

    [Test]
    public async Task Instances_count_wrong_passwords_together()
    {
        var someone = await _three[0].Anonymous().RegisteredAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.That(await LoginAsync(_three[i % 3], "wrong"), Is.EqualTo("401 invalid_credentials"));
        }

        var right = await Task.WhenAll(_three.Select(server => LoginAsync(server, someone.Password)));
        Assert.That(right, Has.All.EqualTo("429 too_many_attempts"));

        async Task<string> LoginAsync(ServerProcess server, string password)
        {
            using var response = await server.Anonymous().LoginAsync(someone.Username, password);
            return await response.OutcomeAsync();
        }
    }

    [Test]
    public async Task Instances_rotate_refresh_tokens_together_and_across_a_restart()
    {
        var servers = await _own.StartThreeAsync();
        var phone = await servers[0].SignedInAsync();
        var first = phone.RefreshToken;

        // The response of one process was lost; another one issues a successor for the same session.
        using var lost = await servers[0].Anonymous().RefreshAsync(first);
        var second = await RefreshedAsync(servers[1], first);
        Assert.That(await lost.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(second.SessionId, Is.EqualTo(phone.SessionId));

        var third = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => RefreshedAsync(servers[i % 3], second.RefreshToken))
        );
        // The processes are used crosswise.
        var fourth = await Task.WhenAll(
            third.Select((device, i) => RefreshedAsync(servers[(i + 1) % 3], device.RefreshToken))
        );
        Assert.That(fourth.Select(device => device.SessionId), Has.All.EqualTo(phone.SessionId));

        await Task.WhenAll(servers[0].TerminateAsync(), servers[1].KillAsync(), servers[2].KillAsync());
        var restarted = await _own.StartAsync();
        await RefreshedAsync(restarted, fourth[0].RefreshToken);
        using var reused = await restarted.Anonymous().RefreshAsync(first);
        using var newest = await restarted.Anonymous().RefreshAsync(fourth[0].RefreshToken);
        Assert.That(await reused.OutcomeAsync(), Is.EqualTo("401 refresh_token_reused"));
        Assert.That(await newest.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
        Assert.That(await MeAsync(restarted, phone), Is.EqualTo("401 session_revoked"));
    }

    private static async Task<ApiClient> RefreshedAsync(ServerProcess server, string refreshToken)
    {
        var client = server.Anonymous();
        using var response = await client.RefreshAsync(refreshToken);
        await client.KeepAsync(response);
        return client;
    }

    private static Task<string> MeAsync(ServerProcess server, ApiClient device) =>
        OutcomeAsync(server, device, ApiClient.Me);

    private static Task<string> OutcomeAsync(ServerProcess server, ApiClient device, string path) =>
        server.Of(device).OutcomeOfAsync(path);

    private static Task<string> UntilRefusedAsync(ServerProcess server, ApiClient device) =>
        UntilAsync(server, device, ApiClient.Me, "401 session_revoked");

    /// <summary>Repeats the request until it gets this response or the time is up.</summary>
    private static async Task<string> UntilAsync(ServerProcess server, ApiClient device, string path, string expected)
    {
        var started = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var outcome = await OutcomeAsync(server, device, path);
        while (outcome != expected && Stopwatch.GetElapsedTime(started) < Revocation)
        {
            await pace.WaitForNextTickAsync();
            outcome = await OutcomeAsync(server, device, path);
        }

        return outcome;
    }
}
