using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Tests.Accounts;

public sealed class GuestAccountTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly byte[] Key = [1, 2, 3];

    [Test]
    public void A_guest_has_a_username_and_a_key_and_nothing_to_sign_in_with()
    {
        var guest = Guest();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((guest.Kind, guest.GuestKeyHash), Is.EqualTo((AccountKind.Guest, Key)));
            Assert.That((guest.Username, guest.NormalizedUsername), Is.EqualTo(("guest-x", "GUEST-X")));
            Assert.That(
                (guest.Email, guest.NormalizedEmail, guest.Address),
                Is.EqualTo(((string?)null, (string?)null, (string?)null))
            );
            Assert.That((guest.PendingEmail, guest.EmailConfirmed), Is.EqualTo(((string?)null, false)));
            Assert.That(guest.PasswordHash, Is.Null);
            Assert.That(guest.CreatedAt, Is.EqualTo(Now));
            Assert.That(guest.SecurityStamp, Is.Not.Empty);
            Assert.That(AccountProfile.Of(guest).Kind, Is.EqualTo(AccountKind.Guest));
            Assert.That(AccountProfile.Of(guest).SignInMethods, Is.Empty);
        }
    }

    [Test]
    public void An_account_that_is_registered_is_a_members_and_has_no_key()
    {
        var account = Account.Register("Ann", "ann@example.org", "hash", Now);

        Assert.That((account.Kind, account.GuestKeyHash), Is.EqualTo((AccountKind.Member, (byte[]?)null)));
    }

    [Test]
    public void A_guest_who_registers_is_a_member_with_the_same_profile()
    {
        var guest = Guest();
        guest.ChangeProfile("Ann", "de", "Europe/Berlin");
        var (id, stamp) = (guest.Id, guest.SecurityStamp);

        guest.BecomeMember("Ann", "Ann@example.org", "hash");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((guest.Id, guest.CreatedAt), Is.EqualTo((id, Now)));
            Assert.That((guest.Kind, guest.GuestKeyHash), Is.EqualTo((AccountKind.Member, (byte[]?)null)));
            Assert.That((guest.Username, guest.NormalizedUsername), Is.EqualTo(("Ann", "ANN")));
            Assert.That((guest.Email, guest.NormalizedEmail), Is.EqualTo(("Ann@example.org", "ANN@EXAMPLE.ORG")));
            Assert.That((guest.PasswordHash, guest.EmailConfirmed), Is.EqualTo(("hash", false)));
            Assert.That((guest.DisplayName, guest.Locale, guest.TimeZone), Is.EqualTo(("Ann", "de", "Europe/Berlin")));
            Assert.That(guest.SecurityStamp, Is.Not.EqualTo(stamp), "what was verified before does not count any more");
        }
    }

    [Test]
    public void A_guest_who_registers_in_private_has_a_pending_address()
    {
        var guest = Guest();

        guest.BecomeMember("Ann", "ann@example.org", "hash", isEmailPending: true);

        Assert.That((guest.Address, guest.PendingEmail), Is.EqualTo(("ann@example.org", "ann@example.org")));
        Assert.That(guest.NormalizedEmail, Does.EndWith("@PENDING.INVALID"));
    }

    [TestCase("ann@example.org", true)]
    [TestCase(null, false)]
    public void A_guest_registers_without_a_password(string? email, bool isConfirmed)
    {
        var guest = Guest();

        guest.BecomeMember("Ann", email, emailConfirmed: isConfirmed);

        Assert.That((guest.Kind, guest.PasswordHash), Is.EqualTo((AccountKind.Member, (string?)null)));
        Assert.That((guest.Address, guest.EmailConfirmed), Is.EqualTo((email, isConfirmed)));
    }

    [Test]
    public void A_guest_who_is_deleted_leaves_neither_name_nor_key()
    {
        var guest = Guest();
        var stamp = guest.SecurityStamp;

        guest.Delete(Now.AddDays(1));

        Assert.That(
            (guest.DeletedAt, guest.GuestKeyHash),
            Is.EqualTo(((DateTimeOffset?)Now.AddDays(1), (byte[]?)null))
        );
        Assert.That(guest.Username, Does.Not.Contain("guest"));
        Assert.That(guest.SecurityStamp, Is.Not.EqualTo(stamp));
    }

    [Test]
    public void The_usernames_of_guests_fit_the_rules_and_differ()
    {
        var names = Enumerable.Range(0, 1000).Select(_ => UsernameSuggestion.ForGuest()).ToList();

        Assert.That(names, Is.Unique.And.All.Match("^guest-[0-9a-z]{16}$"));
        Assert.That(names[0], Has.Length.LessThanOrEqualTo(Account.UsernameMaxLength));
    }

    private static Account Guest() => Account.StartGuest("guest-x", Key, Now);
}
