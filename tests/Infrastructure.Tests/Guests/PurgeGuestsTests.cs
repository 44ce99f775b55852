using Fitnessify.Application.Guests;
using Fitnessify.Domain.Audit;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Guests;

/// <summary>These tests have their own database, because a purge covers all guests.</summary>
public sealed class PurgeGuestsTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(("Accounts:Guests", "true"), ("Accounts:GuestDays", "30"));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_guest_goes_thirty_days_after_it_was_last_seen()
    {
        var (member, guest) = (await _server.SignUpAsync(), await GuestAsync());
        _server.Clock.Advance(TimeSpan.FromDays(30));
        await PurgeAsync();
        Assert.That(await LeftAsync(), Is.EquivalentTo([member.Id, guest]));

        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await PurgeAsync();

        Assert.That(await LeftAsync(), Is.EqualTo([member.Id]));
        var events = await _server.UseAsync(
            (AppDbContext context) =>
                context.AuditEvents.Where(row => row.SubjectId == guest).Select(row => row.Type).ToListAsync()
        );
        Assert.That(events, Does.Contain(AuditEventType.AccountDeleted));
    }

    [Test]
    public async Task A_guest_whose_sessions_are_gone_goes_too()
    {
        var guest = await GuestAsync();
        await _server.EraseSessionsAsync(guest);
        _server.Clock.Advance(TimeSpan.FromDays(31));

        await PurgeAsync();

        Assert.That(await LeftAsync(), Is.Empty);
    }

    [Test]
    public async Task More_guests_than_one_batch_go_at_once_and_one_that_is_seen_stays()
    {
        for (var i = 0; i < 205; i++)
        {
            await GuestAsync();
        }

        _server.Clock.Advance(TimeSpan.FromDays(31));
        var seen = await GuestAsync();

        await PurgeAsync();

        Assert.That(await LeftAsync(), Is.EqualTo([seen]));
    }

    [TestCase("is seen", true)]
    [TestCase("registers", true)]
    [TestCase("is deleted", false)]
    public async Task A_guest_who_at_the_last_moment(string what, bool stays)
    {
        var (guest, other) = (await GuestAsync(), await GuestAsync());
        _server.Clock.Advance(TimeSpan.FromDays(31));
        await using var elsewhere = _database.Start();
        elsewhere.Clock.SetUtcNow(_server.Clock.GetUtcNow());
        _server.Commands.OnceBefore(
            command => command.CommandText.Contains("PasswordHash", StringComparison.Ordinal),
            () =>
                what switch
                {
                    "is seen" => elsewhere.UseAsync(
                        (AppDbContext context) =>
                            context
                                .Sessions.Where(row => row.OwnerId == guest)
                                .ExecuteUpdateAsync(set =>
                                    set.SetProperty(row => row.LastUsedAt, elsewhere.Clock.GetUtcNow())
                                )
                    ),
                    "registers" => elsewhere.ChangeAsync(guest, row => row.BecomeMember(Instance.NewName())),
                    _ => elsewhere.ChangeAsync(guest, row => row.Delete(elsewhere.Clock.GetUtcNow())),
                }
        );

        await PurgeAsync();

        Assert.That(await LeftAsync(), Is.EqualTo(stays ? [guest] : Array.Empty<Guid>()));
        Assert.That(other, Is.Not.EqualTo(guest), "The others go all the same.");
    }

    private async Task<Guid> GuestAsync()
    {
        var started = (await _server.SendAsync(new StartGuestCommand(Guid.NewGuid()))).Value!;
        return await _server.UseAsync(
            (AppDbContext context) =>
                context.Sessions.Where(row => row.Id == started.SessionId).Select(row => row.OwnerId).SingleAsync()
        );
    }

    private async Task PurgeAsync() => Assert.That((await _server.SendAsync(new PurgeGuestsCommand())).Error, Is.Null);

    private Task<List<Guid>> LeftAsync() =>
        _server.UseAsync((AppDbContext context) => context.Accounts.Select(row => row.Id).ToListAsync());
}
