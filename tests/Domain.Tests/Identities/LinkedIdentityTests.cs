using Fitnessify.Domain.Identities;

namespace Fitnessify.Domain.Tests.Identities;

public sealed class LinkedIdentityTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);

    private static readonly IdentityClaims Claims = new(
        "apple",
        "https://appleid.apple.com",
        "001122.abc",
        "org.example.app",
        "ann@example.org",
        "Ann",
        Now.AddMinutes(-1),
        "nonce",
        Now.AddHours(1)
    );

    [Test]
    public void Is_the_pair_of_issuer_and_subject_and_keeps_the_address_only_to_show_it()
    {
        var ownerId = Guid.NewGuid();

        var identity = LinkedIdentity.Link(ownerId, Claims, grant: null, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(identity.Id.Version, Is.EqualTo(7));
            Assert.That(identity.OwnerId, Is.EqualTo(ownerId));
            Assert.That(
                (identity.Provider, identity.Issuer, identity.Subject, identity.Email),
                Is.EqualTo((Claims.Provider, Claims.Issuer, Claims.Subject, Claims.Email))
            );
            Assert.That(identity.CreatedAt, Is.EqualTo(Now));
            Assert.That(
                (identity.Grant, identity.GrantClientId, identity.GrantToken),
                Is.EqualTo(((IdentityGrant?)null, (string?)null, (string?)null))
            );
        }
    }

    [Test]
    public void Keeps_the_newest_grant()
    {
        var (first, second) = (new IdentityGrant("app", "first"), new IdentityGrant("web", "second"));
        var identity = LinkedIdentity.Link(Guid.NewGuid(), Claims, first, Now);
        Assert.That(identity.Grant, Is.EqualTo(first));

        identity.Use(null, Now);
        Assert.That(identity.Grant, Is.EqualTo(first), "Nothing replaces it.");

        identity.Use(second, Now);
        Assert.That(identity.Grant, Is.EqualTo(second));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Knows_when_it_was_last_used(bool hasGrant)
    {
        var grant = hasGrant ? new IdentityGrant("app", "token") : null;
        var identity = LinkedIdentity.Link(Guid.NewGuid(), Claims, grant, Now);
        Assert.That(identity.LastUsedAt, Is.EqualTo(Now));

        identity.Use(grant, Now.AddDays(1));

        Assert.That((identity.CreatedAt, identity.LastUsedAt), Is.EqualTo((Now, Now.AddDays(1))));
    }

    [Test]
    public void Two_identities_of_one_moment_have_different_ids() =>
        Assert.That(
            LinkedIdentity.Link(Guid.NewGuid(), Claims, null, Now).Id,
            Is.Not.EqualTo(LinkedIdentity.Link(Guid.NewGuid(), Claims, null, Now).Id)
        );
}
