namespace Fitnessify.Cluster;

/// <summary>Processes that begin on an empty folder at the same moment.</summary>
public sealed class StartTests
{
    private readonly Instances _own = new();

    [TearDown]
    public void CleanUp() => _own.Dispose();

    [Test]
    public async Task Three_at_once_on_nothing_make_one_database_one_key_ring_and_one_admin()
    {
        var servers = await _own.StartThreeAsync(Instances.Seed);
        var grace = await Task.WhenAll(servers.Select(server => server.SignedInAsync(Instances.Grace)));
        foreach (var server in servers)
        {
            var everyone = await Task.WhenAll(grace.Select(device => server.Of(device).OutcomeOfAsync(ApiClient.Me)));
            Assert.That(everyone, Has.All.EqualTo("200"));
        }

        // Two would do at first: for two minutes from its start, an instance reads the ring again for a key that it does not know.
        Assert.That(await _own.CountKeysAsync(), Is.EqualTo(1));
        var admins = await grace[0].ReadJsonAsync($"{AdminCalls.Users}?role=admin");
        Assert.That(admins.Items().Select(user => user.Text("username")), Is.EqualTo([Instances.Grace.Username]));
        Assert.That(admins.Items().Single().GetProperty("emailConfirmed").GetBoolean(), Is.True);
        Assert.That(await Task.WhenAll(servers.Select(server => server.TerminateAsync())), Has.All.Zero);

        // Created once: later, the settings change nothing, and the password need no longer stand there.
        var later = await _own.StartAsync("--Seed:Admin:Username=GRACE");
        await later.SignedInAsync(Instances.Grace);
    }
}
