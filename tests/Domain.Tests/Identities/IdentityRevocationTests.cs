using Fitnessify.Domain.Identities;

namespace Fitnessify.Domain.Tests.Identities;

public sealed class IdentityRevocationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);
    private static readonly IdentityGrant Grant = new("org.example.app", "token");
    private static readonly LinkedIdentity Identity = Linked();

    [Test]
    public void Is_due_at_once_and_belongs_to_no_account()
    {
        var revocation = IdentityRevocation.Of(Identity, Grant, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(revocation.Id.Version, Is.EqualTo(7));
            Assert.That((revocation.Provider, revocation.Grant), Is.EqualTo(("apple", Grant)));
            Assert.That((revocation.CreatedAt, revocation.NextAttemptAt), Is.EqualTo((Now, Now)));
            Assert.That(revocation.Attempts, Is.Zero);
            Assert.That(revocation.SubjectHash, Is.EqualTo(IdentityRevocation.HashOf(Identity)));
        }
    }

    [Test]
    public void The_pauses_double_up_to_six_hours()
    {
        var revocation = IdentityRevocation.Of(Identity, Grant, Now);
        List<double> minutes = [];
        for (var i = 0; i < 12; i++)
        {
            Assert.That(revocation.TryPostpone(Now), Is.True);
            Assert.That(revocation.Attempts, Is.EqualTo(i + 1));
            minutes.Add((revocation.NextAttemptAt - Now).TotalMinutes);
        }

        Assert.That(minutes, Is.EqualTo([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]));
    }

    [Test]
    public void No_number_of_attempts_overflows()
    {
        var revocation = IdentityRevocation.Of(Identity, Grant, Now);
        for (var i = 0; i < 5000; i++)
        {
            revocation.TryPostpone(Now);
        }

        Assert.That(revocation.NextAttemptAt, Is.EqualTo(Now.AddHours(6)));
    }

    [TestCase(-1, true)]
    [TestCase(0, false)]
    [TestCase(1, false)]
    public void Is_given_up_after_thirty_days(int milliseconds, bool isPostponed)
    {
        var revocation = IdentityRevocation.Of(Identity, Grant, Now);

        Assert.That(revocation.TryPostpone(Now.AddDays(30).AddMilliseconds(milliseconds)), Is.EqualTo(isPostponed));
        Assert.That(revocation.Attempts, Is.EqualTo(1));
    }

    [Test]
    public void Is_found_by_the_same_identity_of_any_account_and_by_no_other()
    {
        var hash = IdentityRevocation.HashOf(Identity);

        Assert.That(hash, Has.Length.EqualTo(32));
        Assert.That(IdentityRevocation.HashOf(Linked()), Is.EqualTo(hash));
        Assert.That(IdentityRevocation.HashOf(Linked(subject: "001122.ABC")), Is.Not.EqualTo(hash));
        Assert.That(IdentityRevocation.HashOf(Linked(issuer: "https://apple.example.org")), Is.Not.EqualTo(hash));
    }

    private static LinkedIdentity Linked(string issuer = "https://appleid.apple.com", string subject = "001122.abc") =>
        LinkedIdentity.Link(
            Guid.NewGuid(),
            new IdentityClaims("apple", issuer, subject, "org.example.app", null, null, Now, "nonce", Now),
            Grant,
            Now
        );
}
