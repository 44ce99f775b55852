using Fitnessify.Domain.Sessions;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.Domain.Tests.Sessions;

public sealed class SessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly SessionLifetime Lifetime = new(
        TimeSpan.FromDays(30),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(60)
    );

    [Test]
    public void A_session_starts_live_with_the_given_values()
    {
        var owner = Guid.NewGuid();

        var session = Session.Start(owner, "Pixel 9", "192.0.2.7", Lifetime, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(session.OwnerId, Is.EqualTo(owner));
            Assert.That(session.Device, Is.EqualTo("Pixel 9"));
            Assert.That(session.IpAddress, Is.EqualTo("192.0.2.7"));
            Assert.That(session.CreatedAt, Is.EqualTo(Now));
            Assert.That(session.LastUsedAt, Is.EqualTo(Now));
            Assert.That((session.RefreshCounter, session.PreviousCounter), Is.EqualTo((0, -1)));
            Assert.That((session.IsUsed, session.RefreshedAt), Is.EqualTo((true, (DateTimeOffset?)null)));
            Assert.That(session.RevokedAt, Is.Null);
            Assert.That(session.RevokedReason, Is.Null);
        }
    }

    [Test]
    public void A_session_has_a_unique_id_that_sorts_by_time()
    {
        var first = Start(Now);
        var second = Start(Now);
        var later = Start(Now.AddMilliseconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Id, Is.Not.EqualTo(second.Id));
            Assert.That(first.Id.Version, Is.EqualTo(7));
            Assert.That(later.Id, Is.GreaterThan(first.Id).And.GreaterThan(second.Id));
        }
    }

    [TestCase(30, 90, 30)]
    [TestCase(90, 30, 30)]
    [TestCase(30, 30, 30)]
    public void A_session_expires_after_the_shorter_of_its_idle_and_absolute_lifetimes(
        int idleDays,
        int absoluteDays,
        int expectedDays
    )
    {
        var lifetime = new SessionLifetime(
            TimeSpan.FromDays(idleDays),
            TimeSpan.FromDays(absoluteDays),
            TimeSpan.FromDays(60)
        );

        var session = Session.Start(Guid.NewGuid(), null, null, lifetime, Now);

        Assert.That(session.ExpiresAt, Is.EqualTo(Now.AddDays(expectedDays)));
    }

    [Test]
    public void A_revoked_session_has_a_reason_and_a_time()
    {
        var session = Start(Now);

        session.Revoke(SessionEnd.SignedOut, Now.AddHours(1));

        Assert.That(
            (session.RevokedReason, session.RevokedAt),
            Is.EqualTo(((SessionEnd?)SessionEnd.SignedOut, (DateTimeOffset?)Now.AddHours(1)))
        );
    }

    [Test]
    public void A_session_that_is_revoked_again_keeps_the_first_reason_and_time() =>
        Prop.ForAll<NonEmptyArray<(int Reason, ushort Minutes)>>(ends =>
            {
                var session = Start(Now);
                foreach (var (reason, minutes) in ends.Get)
                {
                    session.Revoke((SessionEnd)reason, Now.AddMinutes(minutes));
                }

                return session.RevokedReason == (SessionEnd)ends.Get[0].Reason
                    && session.RevokedAt == Now.AddMinutes(ends.Get[0].Minutes);
            })
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_reauthentication_counts_for_some_minutes_and_only_with_the_same_credentials()
    {
        var session = Start(Now);
        Assert.That(session.IsReauthenticated("stamp", Now), Is.False);

        session.Reauthenticate("stamp", Now);

        var end = Now + Session.ReauthenticationLifetime;
        Assert.That(session.ReauthenticatedUntil, Is.EqualTo(end));
        Assert.That(session.IsReauthenticated("stamp", end.AddTicks(-1)), Is.True);
        Assert.That(session.IsReauthenticated("stamp", end), Is.False);
        Assert.That(session.IsReauthenticated("other", Now), Is.False);
    }

    private static Session Start(DateTimeOffset now) => Session.Start(Guid.NewGuid(), null, null, Lifetime, now);
}
