using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Tests.Accounts;

public sealed class CredentialsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    [TestCase(null, false)]
    [TestCase("new@example.org", false)]
    [TestCase("ann@example.org", true)]
    public void An_address_is_pending_only_while_it_is_itself_to_be_confirmed(string? pendingEmail, bool isPending) =>
        Assert.That(Of(Guid.NewGuid(), pendingEmail).IsEmailPending, Is.EqualTo(isPending));

    [Test]
    public void The_right_password_does_not_reset_the_count_of_wrong_MFA_codes()
    {
        var credentials = Of(Guid.NewGuid());

        Assert.That(credentials.Identifiers, Does.Not.Contain(credentials.MfaIdentifier));
    }

    [Test]
    public void Nobody_can_type_the_identifiers_of_MFA_codes_and_reauthentications()
    {
        var id = Guid.NewGuid();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Credentials.MfaIdentifierOf(id).Any(char.IsControl), Is.True);
            Assert.That(Credentials.ReauthenticationIdentifierOf(id).Any(char.IsControl), Is.True);
        }
    }

    [Test]
    public void An_account_is_unlocked_under_all_identifiers_that_its_credentials_are_counted_by()
    {
        var account = Account.Register("Ann", "ann@example.org", "hash", Now);
        var credentials = Of(account.Id);

        Assert.That(
            Credentials.IdentifiersOf(account),
            Is.EquivalentTo([.. credentials.Identifiers, credentials.MfaIdentifier])
        );
    }

    private static Credentials Of(Guid userId, string? pendingEmail = null) =>
        new(userId, "Ann", "ann@example.org", "hash", true, false, "stamp", pendingEmail);
}
