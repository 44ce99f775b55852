using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Tests.Accounts;

public sealed class AccountTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    [Test]
    public void A_new_account_has_its_keys_and_a_stamp()
    {
        var account = Registered();

        Assert.That((account.Username, account.NormalizedUsername), Is.EqualTo(("Ann", "ANN")));
        Assert.That((account.Email, account.NormalizedEmail), Is.EqualTo(("Ann@example.org", "ANN@EXAMPLE.ORG")));
        Assert.That((account.Address, account.EmailConfirmed), Is.EqualTo(("Ann@example.org", false)));
        Assert.That(account.SecurityStamp, Is.Not.Empty);
    }

    [Test]
    public void A_pending_address_is_shown_and_does_not_occupy_the_key_of_addresses()
    {
        var account = Account.Register("Ann", "ann@example.org", "hash", Now, isEmailPending: true);

        Assert.That(account.Address, Is.EqualTo("ann@example.org"));
        Assert.That(account.NormalizedPendingEmail, Is.EqualTo("ANN@EXAMPLE.ORG"));
        Assert.That(account.NormalizedEmail, Does.EndWith("@PENDING.INVALID"));
    }

    [Test]
    public void The_first_confirmation_of_the_present_address_voids_nothing()
    {
        var account = Registered();
        var stamp = account.SecurityStamp;

        account.ConfirmEmail(account.Email!);

        Assert.That((account.EmailConfirmed, account.SecurityStamp), Is.EqualTo((true, stamp)));
    }

    [Test]
    public void Confirming_a_pending_address_replaces_the_present_one_and_the_stamp()
    {
        var account = Registered();
        var stamp = account.SecurityStamp;
        account.RequestEmailChange("new@example.org");
        Assert.That(account.SecurityStamp, Is.EqualTo(stamp), "nothing has changed yet");

        account.ConfirmEmail("new@example.org");

        Assert.That(account.Email, Is.EqualTo("new@example.org"));
        Assert.That((account.PendingEmail, account.NormalizedPendingEmail), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(account.SecurityStamp, Is.Not.EqualTo(stamp));
    }

    [Test]
    public void Confirming_the_present_address_keeps_another_one_that_is_pending()
    {
        var account = Registered();
        account.RequestEmailChange("new@example.org");

        account.ConfirmEmail(account.Email!);

        Assert.That(account.PendingEmail, Is.EqualTo("new@example.org"));
    }

    [TestCase(false, "other@example.org", null)]
    [TestCase(true, null, "other@example.org")]
    public void An_address_that_nobody_confirmed_can_be_corrected(bool isPending, string? email, string? pending)
    {
        var account = Account.Register("Ann", "ann@example.org", "hash", Now, isEmailPending: isPending);
        var stamp = account.SecurityStamp;

        account.CorrectEmail("other@example.org");

        Assert.That(account.Address, Is.EqualTo("other@example.org"));
        Assert.That(isPending ? null : account.Email, Is.EqualTo(email));
        Assert.That(account.PendingEmail, Is.EqualTo(pending));
        Assert.That(account.SecurityStamp, Is.Not.EqualTo(stamp));
    }

    [Test]
    public void A_changed_password_forgets_the_pending_address_and_replaces_the_stamp()
    {
        var account = Registered();
        var stamp = account.SecurityStamp;
        account.RequestEmailChange("new@example.org");

        account.ChangePassword("another hash");

        Assert.That((account.PasswordHash, account.PendingEmail), Is.EqualTo(("another hash", (string?)null)));
        Assert.That(account.SecurityStamp, Is.Not.EqualTo(stamp));
    }

    // The account has no other address.
    [Test]
    public void A_changed_password_keeps_a_first_address_that_is_not_confirmed_yet()
    {
        var account = Account.Register("Ann", "ann@example.org", "hash", Now, isEmailPending: true);

        account.ChangePassword("another hash");
        account.CancelEmailChange();

        Assert.That(account.Address, Is.EqualTo("ann@example.org"));
    }

    [Test]
    public void A_reset_password_confirms_the_address_that_the_token_was_mailed_to()
    {
        var account = Registered();
        account.RequestEmailChange("new@example.org");

        account.ResetPassword("another hash", account.Email!);

        Assert.That((account.EmailConfirmed, account.PendingEmail), Is.EqualTo((true, (string?)null)));
        Assert.That(account.PasswordHash, Is.EqualTo("another hash"));
    }

    [Test]
    public void A_stronger_hash_and_another_username_void_nothing()
    {
        var account = Registered();
        var stamp = account.SecurityStamp;

        account.Rehash("stronger hash");
        account.Rename("Bea");

        Assert.That((account.PasswordHash, account.NormalizedUsername), Is.EqualTo(("stronger hash", "BEA")));
        Assert.That(account.SecurityStamp, Is.EqualTo(stamp));
    }

    [Test]
    public void A_disabled_account_keeps_its_first_time_and_each_change_of_the_status_replaces_the_stamp()
    {
        var account = Registered();
        var stamps = new List<string> { account.SecurityStamp };

        account.Disable(Now);
        stamps.Add(account.SecurityStamp);
        account.Disable(Now.AddDays(1));
        Assert.That((account.DisabledAt, account.SecurityStamp), Is.EqualTo(((DateTimeOffset?)Now, stamps[1])));
        account.Enable();
        stamps.Add(account.SecurityStamp);
        account.Enable();

        Assert.That((account.DisabledAt, account.SecurityStamp), Is.EqualTo(((DateTimeOffset?)null, stamps[2])));
        Assert.That(stamps, Is.Unique);
    }

    [Test]
    public void A_deleted_account_holds_nothing_of_the_person_and_its_names_are_free()
    {
        var account = Registered();
        account.RequestEmailChange("new@example.org");

        account.Delete(Now);

        Assert.That(account.DeletedAt, Is.EqualTo(Now));
        Assert.That(
            string.Join(' ', account.Username, account.NormalizedUsername, account.Email, account.NormalizedEmail),
            Does.Not.Contain("ann").IgnoreCase
        );
        Assert.That((account.PendingEmail, account.PasswordHash), Is.EqualTo(((string?)null, (string?)null)));
    }

    [TestCase("ann@example.org", null, "ann@example.org")]
    [TestCase("ann@example.org", "new@example.org", "ann@example.org")]
    [TestCase("0@pending.invalid", "ann@example.org", "ann@example.org")]
    [TestCase("0@pending.invalid", null, "0@pending.invalid")]
    public void A_pending_address_is_shown_only_instead_of_a_placeholder(string email, string? pending, string shown) =>
        Assert.That(Account.AddressOf(email, pending), Is.EqualTo(shown));

    [Test]
    public void A_key_requires_a_name() => Assert.That(() => Account.Normalize(null!), Throws.ArgumentNullException);

    private static Account Registered() => Account.Register("Ann", "Ann@example.org", "hash", Now);
}
