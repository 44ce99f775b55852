using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Tests.Mail;

// Each test has its own database, for the same reason as the tests of the sign-in throttle.
public sealed class MailThrottleTests : IAsyncDisposable
{
    private const string Address = "kern@example.com";
    private static readonly TimeSpan Term = TimeSpan.FromHours(1);

    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task StartServer()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task The_sixth_mail_within_an_hour_is_refused_and_afterwards_five_are_allowed_again()
    {
        Assert.That(await TakeAsync(6), Is.EqualTo(5));
        _server.Clock.Advance(Term - TimeSpan.FromMilliseconds(1));
        Assert.That(await TakeAsync(1), Is.Zero);
        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await TakeAsync(6), Is.EqualTo(5));
    }

    [Test]
    public async Task An_address_is_counted_in_any_case_and_separately_from_others()
    {
        await TakeAsync(5);

        Assert.That(await TakeAsync(1, "KERN@Example.com"), Is.Zero);
        Assert.That(await TakeAsync(1, "kern@example.org"), Is.EqualTo(1));
    }

    [Test]
    public async Task Two_instances_count_together_even_concurrently()
    {
        await using var another = _database.Start();

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => TakeAsync(1, server: i % 2 == 0 ? _server : another)))
        );

        Assert.That(taken.Sum(), Is.EqualTo(IMailThrottle.Limit));
    }

    [Test]
    public async Task Each_kind_of_mail_has_its_own_limit()
    {
        Assert.That(await TakeAsync(IMailThrottle.Limit + 1), Is.EqualTo(IMailThrottle.Limit));
        Assert.That(await TakeAsync(1, kind: MailKind.ConfirmEmail), Is.EqualTo(1));
    }

    private async Task<int> TakeAsync(
        int times,
        string address = Address,
        Instance? server = null,
        MailKind kind = MailKind.ResetPassword
    )
    {
        var taken = 0;
        for (var i = 0; i < times; i++)
        {
            var mayBeSent = await (server ?? _server).UseAsync(
                (IMailThrottle throttle) => throttle.TryTakeAsync(address, kind, default)
            );
            taken += mayBeSent ? 1 : 0;
        }

        return taken;
    }
}
