using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Tests.Sessions;

public sealed class GuestSessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly SessionLifetime Lifetime = new(
        TimeSpan.FromDays(30),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(60)
    );

    [Test]
    public void The_session_of_a_guest_begins_without_anyone_having_shown_who_they_are()
    {
        var owner = Guid.NewGuid();

        var session = Session.StartGuest(owner, "Pixel 9", "192.0.2.7", Lifetime, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(session.OwnerId, Is.EqualTo(owner));
            Assert.That((session.Device, session.IpAddress), Is.EqualTo(("Pixel 9", "192.0.2.7")));
            Assert.That((session.CreatedAt, session.LastUsedAt), Is.EqualTo((Now, Now)));
            Assert.That(session.AuthenticatedAt, Is.Null);
            Assert.That(session.ExpiresAt, Is.EqualTo(Now.AddDays(60)));
            Assert.That(session.IsUntouched, Is.True);
        }
    }

    [Test]
    public void The_session_of_a_member_counts_from_the_sign_in_and_is_never_untouched()
    {
        var session = Session.Start(Guid.NewGuid(), null, null, Lifetime, Now);

        Assert.That((session.AuthenticatedAt, session.IsUntouched), Is.EqualTo(((DateTimeOffset?)Now, false)));
    }

    [Test]
    public void A_refresh_touches_the_session_of_a_guest()
    {
        var session = StartGuest();

        session.Refresh(Lifetime, Now.AddDays(1));

        Assert.That(session.IsUntouched, Is.False);
        Assert.That(session.ExpiresAt, Is.EqualTo(Now.AddDays(61)));
    }

    [Test]
    public void The_session_of_a_guest_lives_as_long_as_it_is_refreshed()
    {
        var session = StartGuest();
        for (var day = 59; day < 3650; day += 59)
        {
            var now = Now.AddDays(day);
            Assert.That(session.IsLive(now), Is.True);
            session.Refresh(Lifetime, now);
            Assert.That(session.ExpiresAt, Is.EqualTo(now.AddDays(60)));
        }
    }

    [Test]
    public void The_tokens_of_a_guest_rotate_like_those_of_a_member()
    {
        var session = StartGuest();
        Assert.That(session.Classify(0, TimeSpan.Zero, Now), Is.EqualTo(RefreshTokenStatus.Current));

        session.Refresh(Lifetime, Now.AddHours(1));
        session.Refresh(Lifetime, Now.AddHours(2));

        Assert.That(session.Classify(0, TimeSpan.Zero, Now.AddHours(3)), Is.EqualTo(RefreshTokenStatus.Reused));
        Assert.That(session.Classify(1, TimeSpan.Zero, Now.AddHours(3)), Is.EqualTo(RefreshTokenStatus.Lost));
        Assert.That(session.Classify(2, TimeSpan.Zero, Now.AddDays(61)), Is.EqualTo(RefreshTokenStatus.Invalid));
    }

    [TestCase(null, 0, 60)]
    [TestCase(null, 1000, 1060)]
    [TestCase(0, 0, 30)]
    [TestCase(0, 60, 90)]
    [TestCase(0, 61, 90)]
    [TestCase(100, 100, 130)]
    [TestCase(100, 170, 190)]
    public void An_absolute_lifetime_has_only_who_has_shown_who_they_are(
        int? authenticatedOnDay,
        int usedOnDay,
        int expiresOnDay
    ) =>
        Assert.That(
            Lifetime.ExpiryOf(authenticatedOnDay is { } day ? Now.AddDays(day) : null, Now.AddDays(usedOnDay)),
            Is.EqualTo(Now.AddDays(expiresOnDay))
        );

    private static Session StartGuest() => Session.StartGuest(Guid.NewGuid(), null, null, Lifetime, Now);
}
