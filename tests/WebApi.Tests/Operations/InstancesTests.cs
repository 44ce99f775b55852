using System.Diagnostics;
using Fitnessify.WebApi.Tests.Admin;
using Fitnessify.WebApi.Tests.Support;

namespace Fitnessify.WebApi.Tests.Operations;

/// <summary>Two processes on one database.</summary>
public sealed class InstancesTests
{
    // Sessions:RevocationSeconds as it is by default.
    private static readonly TimeSpan Revocation = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");
    private readonly List<ServerProcess> _processes = [];

    [TearDown]
    public void CleanUp()
    {
        _processes.ForEach(process => process.Dispose());
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Know_in_time_of_sessions_that_end_on_another()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        var phone = await SignedInAsync(a);
        var tablet = await SignedInAsync(a, phone.Person);
        var laptop = await SignedInAsync(a, phone.Person);
        var watch = await SignedInAsync(a, phone.Person);
        foreach (var device in (ApiClient[])[phone, tablet, laptop, watch])
        {
            Assert.That(await MeAsync(a, device), Is.EqualTo("200"));
            Assert.That(await MeAsync(b, device), Is.EqualTo("200"));
        }

        using var ended = await phone.DeleteAsync($"{ApiClient.Sessions}/{tablet.SessionId}");
        var tabletOnB = UntilRefusedAsync(b, tablet);
        using var logout = await laptop.PostAsync(ApiClient.Logout);
        var laptopOnB = UntilRefusedAsync(b, laptop);
        using var changed = await phone.PutAsync(
            ApiClient.Password,
            new { currentPassword = Person.GoodPassword, newPassword = "Copper-Lantern-58-Orchard" }
        );
        var watchOnB = UntilRefusedAsync(b, watch);
        foreach (var device in (ApiClient[])[tablet, laptop, watch])
        {
            Assert.That(await MeAsync(a, device), Is.EqualTo("401 session_revoked"));
        }

        Assert.That(
            await Task.WhenAll(tabletOnB, laptopOnB, watchOnB),
            Has.All.EqualTo("401 session_revoked"),
            $"After {Revocation}."
        );
        Assert.That(await MeAsync(b, phone), Is.EqualTo("200"));
    }

    [Test]
    public async Task Rotate_refresh_tokens_together_and_remember_it_after_a_restart()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        var phone = await SignedInAsync(a);
        var first = phone.RefreshToken;

        // The answer of one got lost; the other gives a successor of the same session.
        using var lost = await a.Anonymous().RefreshAsync(first);
        var second = await RefreshedAsync(b, first);
        Assert.That(await lost.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(second.SessionId, Is.EqualTo(phone.SessionId));

        ServerProcess[] servers = [a, b];
        var third = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(i => RefreshedAsync(servers[i % 2], second.RefreshToken))
        );
        // Crosswise.
        var fourth = await Task.WhenAll(
            third.Select((device, i) => RefreshedAsync(servers[(i + 1) % 2], device.RefreshToken))
        );
        Assert.That(fourth.Select(device => device.SessionId), Has.All.EqualTo(phone.SessionId));

        await a.TerminateAsync();
        await b.KillAsync();
        var restarted = await StartAsync();
        await RefreshedAsync(restarted, fourth[0].RefreshToken);
        using var reused = await restarted.Anonymous().RefreshAsync(first);
        using var newest = await restarted.Anonymous().RefreshAsync(fourth[0].RefreshToken);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await reused.OutcomeAsync(), Is.EqualTo("401 refresh_token_reused"));
            Assert.That(await newest.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await MeAsync(restarted, phone), Is.EqualTo("401 session_revoked"));
        });
    }

    [Test]
    public async Task Know_in_time_what_an_admin_has_done_on_another()
    {
        var grace = Person.Random();
        string[] seed =
        [
            $"--Seed:Admin:Username={grace.Username}",
            $"--Seed:Admin:Email={grace.Email}",
            $"--Seed:Admin:Password={grace.Password}",
        ];
        var (a, b) = (await StartAsync(seed), await StartAsync(seed));
        var admin = await SignedInAsync(a, grace);
        var (ann, bob) = (await SignedInAsync(b), await SignedInAsync(b));
        Assert.That(await OutcomeAsync(b, ann, AdminCalls.Users), Is.EqualTo("403 permission_denied"));
        Assert.That(await MeAsync(b, bob), Is.EqualTo("200"));

        Assert.That(await admin.ActAsync("roles", await ann.IdAsync(), "support"), Is.EqualTo("200"));
        var granted = UntilAsync(b, ann, AdminCalls.Users, "200");
        Assert.That(await admin.ActAsync("disable", await bob.IdAsync()), Is.EqualTo("204"));
        var disabled = UntilRefusedAsync(b, bob);
        Assert.That(await granted, Is.EqualTo("200"));
        Assert.That(await disabled, Is.EqualTo("401 session_revoked"));

        Assert.That(await admin.ActAsync("roles", await ann.IdAsync()), Is.EqualTo("200"));
        Assert.That(
            await UntilAsync(b, ann, AdminCalls.Users, "403 permission_denied"),
            Is.EqualTo("403 permission_denied")
        );
    }

    private async Task<ServerProcess> StartAsync(params string[] settings)
    {
        var process = ServerProcess.Run(_folder.FullName, ["--RateLimits:Enabled=false", .. settings]);
        _processes.Add(process);
        await process.ListensAsync();
        return process;
    }

    private static async Task<ApiClient> SignedInAsync(ServerProcess server, Person? person = null)
    {
        var client = server.Anonymous();
        await client.SignInAsync(person ?? await client.RegisteredAsync());
        return client;
    }

    private static async Task<ApiClient> RefreshedAsync(ServerProcess server, string refreshToken)
    {
        var client = server.Anonymous();
        using var answer = await client.RefreshAsync(refreshToken);
        await client.KeepAsync(answer);
        return client;
    }

    private static Task<string> MeAsync(ServerProcess server, ApiClient device) =>
        OutcomeAsync(server, device, ApiClient.Me);

    private static async Task<string> OutcomeAsync(ServerProcess server, ApiClient device, string path)
    {
        var client = server.Anonymous();
        client.AccessToken = device.AccessToken;
        using var answer = await client.GetAsync(path);
        return await answer.OutcomeAsync();
    }

    private static Task<string> UntilRefusedAsync(ServerProcess server, ApiClient device) =>
        UntilAsync(server, device, ApiClient.Me, "401 session_revoked");

    /// <summary>Asks again and again until the answer is this one, or time is up.</summary>
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
