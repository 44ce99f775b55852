using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>Who registers again with the same username and password has mistyped the address.</summary>
public sealed class AddressCorrectionTests() : IdentityTests(("Accounts:RequireConfirmedEmail", "true"))
{
    private const string UsernameTaken = "username_taken";

    private Credentials _account = null!;
    private string _address = "";

    [SetUp]
    public async Task Mistype()
    {
        _account = await SignUpAsync(isConfirmed: false);
        _address = $"right.{_account.Email}";
    }

    [Test]
    public async Task Stores_and_returns_the_address_records_it_and_mails_the_link_there()
    {
        var user = (await SendAsync(Registration())).Value!.User!;

        Assert.That((user.Id, user.Email, user.EmailConfirmed), Is.EqualTo((_account.UserId, _address, false)));
        Assert.That((await Records.AccountAsync(_account.UserId))!.Email, Is.EqualTo(_address));
        Assert.That(
            (await Records.MailsAsync(_account.UserId)).Select(mail => (mail.Kind, mail.Address, mail.CreatedAt)),
            Is.EqualTo([(MailKind.ConfirmEmail, (string?)null, Given.Now)])
        );
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EqualTo([RecordedEvent.Of(AuditEventType.EmailChangeRequested, _account.UserId)])
        );
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    // Security requirement 34: a mailed reset at the new address would remove all of these.
    [TestCase("second factor")]
    [TestCase("passkey")]
    [TestCase("identity")]
    public async Task Changes_no_account_that_has_more_than_a_password(string credential)
    {
        await AddAsync(credential);
        var before = await Records.AccountAsync(_account.UserId);
        var (mails, events) = await StoredAsync();

        await FailsAsync(Registration(), UsernameTaken);

        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(before));
        Assert.That(await StoredAsync(), Is.EqualTo((mails, events)));
    }

    [TestCase("confirmed")]
    [TestCase("disabled")]
    [TestCase("of another password")]
    public async Task Changes_no_account_that_is_in_use_or_belongs_to_another(string state)
    {
        await ChangeAsync(_account.UserId, Change(state));
        var before = await Records.AccountAsync(_account.UserId);

        await FailsAsync(Registration(), UsernameTaken);

        await AssertUnchangedAsync(before);
    }

    // Security requirement 31.
    [TestCase("confirmed")]
    [TestCase("disabled")]
    [TestCase("of another password")]
    [TestCase("deleted")]
    public async Task Changes_no_account_that_becomes_so_after_the_password_was_compared(string state)
    {
        Credentials? before = null;
        Hashing.AfterVerification = () =>
        {
            Saves.BeforeNextSave = async () =>
            {
                await ChangeAsync(_account.UserId, Change(state));
                before = await Records.AccountAsync(_account.UserId);
            };
            return Task.CompletedTask;
        };

        await FailsAsync(Registration(), UsernameTaken);

        Assert.That(before is null, Is.EqualTo(state == "deleted"));
        await AssertUnchangedAsync(before);
    }

    [Test]
    public async Task Says_that_the_server_is_busy_when_the_password_cannot_be_compared()
    {
        // The first call hashes the password of the registration.
        Hashing.IsTooSlowAfterNext = true;

        await FailsAsync(Registration(), "service_unavailable");

        await AssertUnchangedAsync(_account);
    }

    [Test]
    public async Task Stores_nothing_when_another_account_has_the_address()
    {
        var other = await SignUpAsync();
        _address = other.Email!;

        await FailsAsync(Registration(), "email_taken");

        await AssertUnchangedAsync(_account);
    }

    private async Task AddAsync(string credential)
    {
        Server.Caller.Session = await Server.SignInAsync(_account.UserId);
        switch (credential)
        {
            case "second factor":
                await EnableMfaAsync(_account.UserId);
                break;
            case "passkey":
                using (var authenticator = PasskeyCalls.Authenticator())
                {
                    var added = await SendAsync(await Server.RegistrationAsync(authenticator, Password));
                    Assert.That(added.Error, Is.Null);
                }

                break;
            default:
                await StoreAsync(_account.UserId, Subject);
                break;
        }

        Server.Caller.Session = null;
    }

    private async Task<(int Mails, int Events)> StoredAsync() =>
        ((await Records.MailsAsync(_account.UserId)).Count, (await RecordedAsync(_account.UserId)).Count);

    private static Action<Account> Change(string state) =>
        state switch
        {
            "confirmed" => row => row.ConfirmEmail(row.Email!),
            "disabled" => row => row.Disable(Given.Now),
            "deleted" => row => row.Delete(Given.Now),
            _ => row => row.ChangePassword("hash"),
        };

    private RegisterUserCommand Registration() => new(_account.Username, _address, Password);

    private async Task AssertUnchangedAsync(Credentials? expected)
    {
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(expected));
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }
}
