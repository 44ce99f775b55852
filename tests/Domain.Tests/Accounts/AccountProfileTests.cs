using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Tests.Accounts;

public sealed class AccountProfileTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    [Test]
    public void The_profile_of_a_new_account_has_the_role_of_members_and_no_permissions([Values] bool isConfirmed)
    {
        var account = Account.Register("Ann", "Ann@example.org", "hash", Now, emailConfirmed: isConfirmed);

        var profile = AccountProfile.Of(account);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((profile.Id, profile.CreatedAt), Is.EqualTo((account.Id, Now)));
            Assert.That((profile.Username, profile.Email), Is.EqualTo(("Ann", "Ann@example.org")));
            Assert.That(profile.EmailConfirmed, Is.EqualTo(isConfirmed));
            Assert.That(profile.Roles, Is.EqualTo([Roles.Member]));
            Assert.That(profile.Permissions, Is.Empty);
        }
    }

    [Test]
    public void A_profile_shows_the_pending_address_instead_of_a_placeholder()
    {
        var account = Account.Register("Ann", "ann@example.org", "hash", Now, isEmailPending: true);

        Assert.That(AccountProfile.Of(account).Email, Is.EqualTo("ann@example.org"));
    }

    [Test]
    public void A_profile_requires_an_account() =>
        Assert.That(() => AccountProfile.Of(null!), Throws.ArgumentNullException);
}
