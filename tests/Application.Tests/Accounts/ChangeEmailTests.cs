using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class ChangeEmailTests : UseCaseTests
{
    private readonly string _new = NewAddress();
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [Test]
    public async Task Stores_the_pending_address_mails_both_addresses_and_records_an_audit_event()
    {
        Server.Clock.Advance(TimeSpan.FromTicks(1234));

        await ChangesAsync(_new);

        var mails = await Records.MailsAsync(_account.UserId);
        Assert.That(
            mails.Select(mail => (mail.Kind, mail.Address, mail.CreatedAt)),
            Is.EquivalentTo([
                (MailKind.ConfirmEmail, (string?)null, Given.Now),
                (MailKind.EmailChangeRequested, (string?)null, Given.Now),
            ])
        );
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EqualTo([
                RecordedEvent.Of(AuditEventType.EmailChangeRequested, _account.UserId, Server.Caller.Session!.Id),
            ])
        );
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [Test]
    public async Task Trims_white_space_around_the_address() => await ChangesAsync($" {_new} ");

    [Test]
    public async Task Accepts_the_current_address_in_another_case() =>
        await ChangesAsync(_account.Email!.ToUpperInvariant());

    [Test]
    public async Task Reveals_nothing_about_an_address_without_the_password()
    {
        var owner = await SignUpAsync();

        await RefusesAsync("reauthentication_failed", owner.Email!, "wrong");
    }

    [Test]
    public async Task Reports_that_the_address_belongs_to_another_account()
    {
        var owner = await SignUpAsync();

        await RefusesAsync("email_taken", owner.Email!, Password);
    }

    [Test]
    public async Task In_private_mode_responds_the_same_when_the_address_belongs_to_another_account()
    {
        var owner = await SignUpAsync();
        await using var server = TestRun.Database.Start(("Accounts:RegistrationPrivacy", "Private"));
        server.Caller.Session = Server.Caller.Session;
        var commands = server.Commands.Listen();

        var ofNobody = await AnswersAsync(_new);
        var ofAnother = await AnswersAsync(owner.Email!);

        Assert.That(ofAnother, Is.EqualTo(ofNobody), "The number of commands is the same too.");
        Assert.That(await Records.MailsAsync(_account.UserId), Has.Count.EqualTo(4));
        Assert.That(await RecordedAsync(_account.UserId), Has.Count.EqualTo(2));

        async Task<List<string>> AnswersAsync(string address)
        {
            commands.Clear();
            Assert.That((await server.SendAsync(new ChangeEmailCommand(address, Password))).Error, Is.Null);
            var ofAccounts = commands.Where(text => text.Contains("Users", StringComparison.Ordinal)).ToList();
            Assert.That((await Records.AccountAsync(_account.UserId))!.PendingEmail, Is.EqualTo(address));
            return ofAccounts;
        }
    }

    [TestCase("a@b.c", "x", "")]
    [TestCase(null, null, "newEmail: required")]
    [TestCase(" ", "", "newEmail: required, password: required")]
    [TestCase("a@localhost", "x", "newEmail: invalid_format")]
    [TestCase("a\0@b.c", "x\0", "newEmail: invalid_format, password: invalid_format")]
    public void Requires_an_address_and_takes_no_empty_password(string? newEmail, string? password, string errors) =>
        Assert.That(Errors(newEmail, password), Is.EqualTo(errors));

    [TestCase(64, "")]
    [TestCase(65, "newEmail: too_long")]
    public void Refuses_an_address_that_is_too_long(int localPart, string errors) =>
        Assert.That(Errors($"{new string('l', localPart)}@example.com", "x"), Is.EqualTo(errors));

    private static string Errors(string? newEmail, string? password) =>
        new ChangeEmailValidator().ErrorTextOf(new ChangeEmailCommand(newEmail!, password!));

    private static string NewAddress() => $"{Instance.NewName()}@example.com";

    private async Task ChangesAsync(string newEmail)
    {
        Assert.That((await SendAsync(new ChangeEmailCommand(newEmail, Password))).Error, Is.Null);
        Assert.That(
            await Records.AccountAsync(_account.UserId),
            Is.EqualTo(_account with { PendingEmail = newEmail.Trim() })
        );
    }

    private async Task RefusesAsync(string code, string newEmail, string password)
    {
        await FailsAsync(new ChangeEmailCommand(newEmail, password), code);

        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account));
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
    }
}
