using Fitnessify.Domain.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.Domain.Tests.Sessions;

public sealed class SessionRefreshTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly DateTimeOffset Refreshed = Start.AddDays(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly SessionLifetime Lifetime = new(
        TimeSpan.FromDays(30),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(60)
    );

    // The session has been refreshed twice, the second time at millisecond 0, so 2 is the counter of its newest token.
    [TestCase(2, 0, RefreshTokenStatus.Current)]
    [TestCase(2, 29_999, RefreshTokenStatus.Current)]
    [TestCase(
        2,
        3_600_000,
        RefreshTokenStatus.Current,
        TestName = "The newest token is not limited by the grace period"
    )]
    [TestCase(1, 0, RefreshTokenStatus.Previous)]
    [TestCase(1, 29_999, RefreshTokenStatus.Previous)]
    [TestCase(1, 30_000, RefreshTokenStatus.Lost)]
    [TestCase(1, 30_001, RefreshTokenStatus.Lost)]
    [TestCase(1, -1, RefreshTokenStatus.Previous, TestName = "The clock of another instance may be behind")]
    [TestCase(0, 0, RefreshTokenStatus.Reused)]
    [TestCase(0, 30_000, RefreshTokenStatus.Reused)]
    [TestCase(3, 0, RefreshTokenStatus.Invalid)]
    [TestCase(int.MaxValue, 30_000, RefreshTokenStatus.Invalid)]
    public void A_refresh_token_is_classified_after_two_refreshes(
        int counter,
        int milliseconds,
        RefreshTokenStatus status
    ) => Assert.That(Twice().Classify(counter, Grace, Refreshed.AddMilliseconds(milliseconds)), Is.EqualTo(status));

    [TestCase(1, RefreshTokenStatus.Lost)]
    [TestCase(0, RefreshTokenStatus.Reused)]
    public void A_refresh_token_is_never_accepted_twice_without_a_grace_period(
        int counter,
        RefreshTokenStatus status
    ) => Assert.That(Twice().Classify(counter, TimeSpan.Zero, Refreshed), Is.EqualTo(status));

    // Token 2 was lost, and token 3 has replaced it.
    [TestCase(0, RefreshTokenStatus.Reused)]
    [TestCase(1, RefreshTokenStatus.Previous)]
    [TestCase(2, RefreshTokenStatus.Reused)]
    [TestCase(3, RefreshTokenStatus.Current)]
    [TestCase(4, RefreshTokenStatus.Invalid)]
    public void A_refresh_token_is_classified_after_lost_tokens_were_replaced(int counter, RefreshTokenStatus status)
    {
        var session = Twice();
        session.Replace(Lifetime, Refreshed.AddHours(1));

        Assert.That(session.Classify(counter, Grace, Refreshed.AddHours(1)), Is.EqualTo(status));
    }

    [TestCase(3, 1, true, 0, AccessTokenStatus.Outdated)]
    [TestCase(3, 1, true, 1, AccessTokenStatus.Valid)]
    [TestCase(3, 1, true, 2, AccessTokenStatus.Reused)]
    [TestCase(3, 1, true, 3, AccessTokenStatus.Valid)]
    [TestCase(3, 1, false, 3, AccessTokenStatus.FirstUse)]
    [TestCase(3, 1, true, 4, AccessTokenStatus.Unknown)]
    [TestCase(0, -1, true, 0, AccessTokenStatus.Valid)]
    public void An_access_token_is_classified_by_its_counter(
        int current,
        int previous,
        bool isUsed,
        int counter,
        AccessTokenStatus status
    ) => Assert.That(new RefreshCounters(current, previous, isUsed).Classify(counter), Is.EqualTo(status));

    [TestCase(null, "192.0.2.1", true)]
    [TestCase("192.0.2.1", "192.0.2.1", false)]
    [TestCase("192.0.2.1", "192.0.2.2", true)]
    [TestCase("2001:db8::1", "2001:db8::2", false)]
    [TestCase("2001:db8::1", "2001:db8:0:1::1", true)]
    public void A_session_stores_the_address_of_its_device_and_reports_another_network(
        string? from,
        string to,
        bool isMoved
    )
    {
        var session = Session.Start(Guid.NewGuid(), null, from, Lifetime, Start);

        Assert.That(session.MoveTo(to), Is.EqualTo(isMoved));
        Assert.That(session.IpAddress, Is.EqualTo(to));
    }

    [TestCase(0, RefreshTokenStatus.Current)]
    [TestCase(-1, RefreshTokenStatus.Reused)]
    [TestCase(1, RefreshTokenStatus.Invalid)]
    public void A_refresh_token_is_classified_before_the_first_refresh(int counter, RefreshTokenStatus status) =>
        Assert.That(Started().Classify(counter, Grace, Start.AddSeconds(1)), Is.EqualTo(status));

    [Test]
    public void Every_refresh_token_of_an_ended_session_is_invalid([Range(0, 3)] int counter, [Values] bool isExpired)
    {
        var session = Twice();
        if (!isExpired)
        {
            session.Revoke(SessionEnd.SignedOut, Refreshed);
        }

        var now = isExpired ? session.ExpiresAt : Refreshed.AddSeconds(1);

        Assert.That(session.Classify(counter, TimeSpan.FromDays(365), now), Is.EqualTo(RefreshTokenStatus.Invalid));
    }

    [TestCase(-1, true)]
    [TestCase(0, false)]
    [TestCase(1, false)]
    public void A_session_is_live_until_it_expires(int milliseconds, bool isLive)
    {
        var session = Twice();

        Assert.That(session.IsLive(session.ExpiresAt.AddMilliseconds(milliseconds)), Is.EqualTo(isLive));
    }

    [Test]
    public void A_revoked_session_is_not_live()
    {
        var session = Started();

        session.Revoke(SessionEnd.TooMany, Start);

        Assert.That(session.IsLive(Start), Is.False);
    }

    [Test]
    public void A_refresh_increases_the_counter_and_extends_the_session()
    {
        var session = Started();

        session.Refresh(Lifetime, Refreshed);

        Assert.That(
            (session.RefreshCounter, session.RefreshedAt, session.LastUsedAt, session.ExpiresAt, session.CreatedAt),
            Is.EqualTo((1, Refreshed, Refreshed, Refreshed.AddDays(30), Start))
        );
    }

    [TestCase(0, 30, TestName = "A session expires thirty days after the sign-in")]
    [TestCase(59, 89, TestName = "A session expires thirty days after its use")]
    [TestCase(60, 90, TestName = "A session expires thirty days after its use, at its absolute end")]
    [TestCase(61, 90, TestName = "A session that is used on day 61 expires at its absolute end")]
    [TestCase(89, 90, TestName = "A session that is used the day before expires at its absolute end")]
    public void A_session_expires_after_its_idle_or_absolute_lifetime(int usedOnDay, int expiresOnDay) =>
        Assert.That(Lifetime.ExpiryOf(Start, Start.AddDays(usedOnDay)), Is.EqualTo(Start.AddDays(expiresOnDay)));

    [Test]
    public void A_session_never_outlives_its_absolute_lifetime_after_any_number_of_refreshes() =>
        Prop.ForAll<ushort[]>(hours =>
            {
                var (session, now) = (Started(), Start);
                foreach (var pause in hours)
                {
                    now = now.AddHours(pause);
                    if (session.IsLive(now))
                    {
                        session.Refresh(Lifetime, now);
                    }
                }

                return session.ExpiresAt <= Start.AddDays(90) && session.ExpiresAt > session.LastUsedAt;
            })
            .QuickCheckThrowOnFailure();

    private static Session Started() => Session.Start(Guid.NewGuid(), null, null, Lifetime, Start);

    private static Session Twice()
    {
        var session = Started();
        session.Refresh(Lifetime, Start.AddHours(1));
        session.Refresh(Lifetime, Refreshed);
        return session;
    }
}
