using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.DataProtection;

public sealed class ServerSecretsTests
{
    [Test]
    public async Task Instances_that_need_a_secret_concurrently_share_one_even_after_a_restart()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var first = database.Start();
        await using var second = database.Start();

        var secrets = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => GetAsync(i % 2 == 0 ? first : second)))
        );

        await using var restarted = database.Start();
        Assert.That(secrets, Is.All.EqualTo(await GetAsync(restarted)).And.All.Length.EqualTo(32));
    }

    [Test]
    public async Task A_secret_is_random_and_protected_by_the_key_ring()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();
        var secret = await GetAsync(server);

        await using var another = TestRun.Database.Start();
        var stored = await server.UseAsync((AppDbContext context) => context.ServerSecrets.SingleAsync());

        Assert.That(stored.Value.AsSpan().IndexOf(secret), Is.Negative);
        Assert.That(await GetAsync(another), Is.Not.EqualTo(secret));
    }

    private static Task<byte[]> GetAsync(Instance server) =>
        server.Get<ServerSecrets>().GetSignInKeyAsync(default).AsTask();
}
