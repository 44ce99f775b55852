using Fitnessify.Application.Identities;
using Fitnessify.Application.Maintenance;
using Fitnessify.Domain.Identities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>These tests have their own database, because a run covers the grants of all accounts.</summary>
public sealed class RevokeIdentitiesTests : IAsyncDisposable
{
    private readonly FakeIdentityGrants _grants = new();
    private readonly LogLines<RevokeIdentitiesHandler> _log = new();
    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = Another();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Revokes_every_grant_that_is_due()
    {
        var codes = await QueueAsync(25);

        await RunAsync();

        Assert.That(
            _grants.Revoked,
            Is.EquivalentTo(codes.Select(code => (IdentityProvider.Apple, FakeIdentityGrants.GrantOf(code))))
        );
        Assert.That(await WaitingAsync(), Is.Empty);
        await RunAsync();
        Assert.That(_grants.Attempts, Is.EqualTo(25));
    }

    [Test]
    public async Task Tries_again_with_growing_pauses_while_the_provider_is_down_and_then_revokes()
    {
        await QueueAsync("code");
        _grants.IsDown = true;
        List<double> minutes = [];
        var (start, last) = (Now, Now);
        while (Now - start < TimeSpan.FromDays(1))
        {
            var attempts = _grants.Attempts;
            await RunAsync();
            if (_grants.Attempts > attempts)
            {
                minutes.Add((Now - last).TotalMinutes);
                last = Now;
            }

            _server.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(minutes, Is.EqualTo([0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]));
        Assert.That((await WaitingAsync()).Single().Attempts, Is.EqualTo(minutes.Count));
        Assert.That(_log.Lines, Is.Empty);

        _grants.IsDown = false;
        _server.Clock.Advance(TimeSpan.FromHours(6));
        await RunAsync();

        Assert.That(_grants.Revoked, Has.Count.EqualTo(1));
        Assert.That(await WaitingAsync(), Is.Empty);
    }

    [Test]
    public async Task Gives_up_after_thirty_days_and_says_so()
    {
        await QueueAsync("code");
        _grants.IsDown = true;
        await RunAsync();
        _server.Clock.Advance(IdentityRevocation.GiveUpAfter - TimeSpan.FromMilliseconds(1));
        await RunAsync();
        Assert.That((await WaitingAsync()).Count, Is.EqualTo(1));
        Assert.That(_log.Lines, Is.Empty);

        _server.Clock.Advance(TimeSpan.FromHours(6));
        await RunAsync();

        Assert.That(await WaitingAsync(), Is.Empty);
        Assert.That(_log.Lines, Is.EqualTo(["Error: A grant of apple was not revoked in 3 attempts and is given up"]));
    }

    [Test]
    public async Task Two_instances_do_not_revoke_the_same_grant()
    {
        var codes = await QueueAsync(8);
        await using var other = Another();
        // The second instance runs while the first one waits for the provider.
        var isFirst = true;
        _grants.BeforeRevocation = async () =>
        {
            if (isFirst)
            {
                isFirst = false;
                await RunAsync(other);
            }
        };

        await RunAsync();

        Assert.That(_grants.Attempts, Is.EqualTo(codes.Count));
        Assert.That(_grants.Revoked.Distinct().Count(), Is.EqualTo(codes.Count));
    }

    [Test]
    public async Task Two_instances_that_run_at_once_revoke_each_grant_once()
    {
        var codes = await QueueAsync(20);
        await using var other = Another();

        await Task.WhenAll(Task.Run(() => RunAsync()), Task.Run(() => RunAsync(other)));
        await RunAsync();

        Assert.That(_grants.Attempts, Is.EqualTo(codes.Count));
        Assert.That(await WaitingAsync(), Is.Empty);
    }

    [Test]
    public async Task Another_instance_takes_over_when_one_has_ended_during_an_attempt()
    {
        await QueueAsync("code");
        _grants.BeforeRevocation = () => throw new InvalidOperationException("The instance ends.");
        Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync());
        _grants.BeforeRevocation = () => Task.CompletedTask;
        await RunAsync();
        Assert.That(_grants.Revoked, Is.Empty, "The first instance may still be at it.");

        _server.Clock.Advance(TimeSpan.FromMinutes(5));
        await RunAsync();

        Assert.That(_grants.Revoked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_purge_of_an_unconfirmed_account_queues_the_revocation_of_its_grant()
    {
        await using var server = Another(("Accounts:RequireConfirmedEmail", "true"));
        var user = await server.SignUpAsync();
        await LinkAsync(server, user.Id, "code");
        server.Clock.Advance(TimeSpan.FromDays(8));

        Assert.That((await server.SendAsync(new PurgeUnconfirmedCommand())).Error, Is.Null);

        Assert.That(await new Records(server).UserAsync(user.Id), Is.Null);
        Assert.That(
            (await WaitingAsync()).Select(revocation => revocation.Grant),
            Is.EqualTo([FakeIdentityGrants.GrantOf("code")])
        );
    }

    [Test]
    public async Task The_purge_leaves_an_account_without_an_address()
    {
        await using var server = Another(("Accounts:RequireConfirmedEmail", "true"));
        var subject = FakeIdentityTokens.NewSubject();
        var signed = ((FakeIdentityTokens)server.Get<IIdentityTokens>()).Sign(subject);
        await server.SendAsync(new LoginIdentityCommand(signed.Provider, signed.IdToken, signed.Nonce));
        var records = new Records(server);
        var ownerId = (await records.LinksOfAsync(subject)).Single().OwnerId;
        await server.EraseSessionsAsync(ownerId);
        server.Clock.Advance(TimeSpan.FromDays(100));

        Assert.That((await server.SendAsync(new PurgeUnconfirmedCommand())).Error, Is.Null);

        Assert.That(await records.UserAsync(ownerId), Is.Not.Null);
    }

    private DateTimeOffset Now => _server.Clock.GetUtcNow();

    private Instance Another(params (string Key, string Value)[] settings) =>
        _database.Start(
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<IIdentityGrants>(_grants));
                services.Replace(ServiceDescriptor.Singleton<IIdentityTokens, FakeIdentityTokens>());
                services.AddSingleton<ILogger<RevokeIdentitiesHandler>>(_log);
            },
            settings
        );

    private async Task RunAsync(Instance? server = null) =>
        Assert.That((await (server ?? _server).SendAsync(new RevokeIdentitiesCommand())).Error, Is.Null);

    private Task<List<IdentityRevocation>> WaitingAsync() => new Records(_server).RevocationsAsync();

    /// <summary>Links an identity with a grant to a new account, and removes it.</summary>
    private async Task QueueAsync(string code)
    {
        var user = await _server.SignUpAsync();
        await LinkAsync(_server, user.Id, code);
        await SaveAsync(_server, identities => identities.Remove(user.Id, id: null));
    }

    private async Task<List<string>> QueueAsync(int count)
    {
        List<string> codes = [.. Enumerable.Range(0, count).Select(number => $"code {number}")];
        foreach (var code in codes)
        {
            await QueueAsync(code);
        }

        return codes;
    }

    private static Task LinkAsync(Instance server, Guid userId, string code)
    {
        var (apple, now) = (FakeIdentityTokens.Apple, server.Clock.GetUtcNow());
        var subject = FakeIdentityTokens.NewSubject();
        var claims = new IdentityClaims(
            apple.Name,
            apple.Issuer,
            subject,
            apple.ClientIds[0],
            null,
            null,
            now,
            "",
            now
        );
        return SaveAsync(
            server,
            identities => identities.Add(LinkedIdentity.Link(userId, claims, FakeIdentityGrants.GrantOf(code), now))
        );
    }

    private static async Task SaveAsync(Instance server, Action<IIdentityRepository> act)
    {
        await using var scope = server.Services.CreateAsyncScope();
        act(scope.ServiceProvider.GetRequiredService<IIdentityRepository>());
        var unitOfWork = scope.ServiceProvider.GetRequiredService<Domain.Common.IUnitOfWork>();
        Assert.That((await unitOfWork.SaveChangesAsync(default)).Error, Is.Null);
    }
}
