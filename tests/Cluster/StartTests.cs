namespace Fitnessify.Cluster;

/// <summary>Processes that start at the same moment with an empty folder.</summary>
public sealed class StartTests
{
    private readonly Instances _own = new();

    [TearDown]
    public void CleanUp() => _own.Dispose();

    [Test]
    public async Task Three_concurrent_first_starts_create_one_database_one_key_ring_and_one_admin()
    {
        var servers = await _own.StartThreeAsync(Instances.Seed);
        var grace = await Task.WhenAll(servers.Select(server => server.SignedInAsync(Instances.Grace)));
        foreach (var server in servers)
        {
            var everyone = await Task.WhenAll(grace.Select(device => server.Of(device).OutcomeOfAsync(ApiClient.Me)));
            Assert.That(everyone, Has.All.EqualTo("200"));
        }

        // Two processes would be enough at first: for two minutes from its start, an instance reads the ring again for an unknown key.
        Assert.That(await _own.CountKeysAsync(), Is.EqualTo(1));
        var admins = await grace[0].ReadJsonAsync($"{AdminCalls.Users}?role=admin");
        Assert.That(admins.Items().Select(user => user.Text("username")), Is.EqualTo([Instances.Grace.Username]));
        Assert.That(admins.Items().Single().GetProperty("emailConfirmed").GetBoolean(), Is.True);
        Assert.That(await Task.WhenAll(servers.Select(server => server.TerminateAsync())), Has.All.Zero);

        // The admin is created once; later the settings change nothing, and the password can be removed from them.
        var later = await _own.StartAsync("--Seed:Admin:Username=GRACE");
        await later.SignedInAsync(Instances.Grace);
    }
}
