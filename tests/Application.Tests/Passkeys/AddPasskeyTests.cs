using System.Buffers.Text;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Passkeys;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class AddPasskeyTests : PasskeyTests
{
    private const string Invalid = "passkey_invalid";

    [Test]
    public async Task Adds_the_passkey_of_the_authenticator_and_records_it_in_one_save()
    {
        var answer = await Server.RegistrationAsync(Authenticator, Password, " Laptop ");
        var before = Saves.Count;

        var added = (await SendAsync(answer)).Value;

        var id = Base64Url.EncodeToString(Authenticator.Id);
        Assert.That(added, Is.EqualTo(new PasskeyDto(id, "Laptop", Given.Now, IsBackedUp: false)));
        Assert.That(await ListAsync(), Is.EqualTo([added]));
        var mail = (await Records.MailsAsync(Account.UserId)).Single();
        Assert.That((mail.Kind, mail.CreatedAt), Is.EqualTo((MailKind.PasskeyAdded, Given.Now)));
        Assert.That(await RecordedAsync(Account.UserId), Is.EqualTo([Done(AuditEventType.PasskeyAdded)]));
        await AssertTimeAndAddressAsync(Account.UserId);
        Assert.That(Saves.Count - before, Is.EqualTo(1));
    }

    [Test]
    public async Task Accepts_a_challenge_token_only_once()
    {
        var answer = await Server.RegistrationAsync(Authenticator, Password);
        await SendAsync(answer);
        await SendAsync(new RemovePasskeyCommand((await ListAsync()).Single().Id, Password));

        await FailsAsync(answer, Invalid);

        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Refuses_a_challenge_token_that_is_unknown_or_for_another_purpose()
    {
        var answer = await Server.RegistrationAsync(Authenticator, Password);
        var toSignIn = (await SendAsync(new BeginPasskeyLoginCommand())).Value!.ChallengeToken;

        await FailsAsync(answer with { ChallengeToken = "other" }, Invalid);
        await FailsAsync(answer with { ChallengeToken = toSignIn }, Invalid);

        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Refuses_the_challenge_token_of_another_user()
    {
        var answer = await Server.RegistrationAsync(Authenticator, Password);
        await SignInNewUserAsync();

        await FailsAsync(answer, Invalid);

        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Adds_nothing_for_an_invalid_response_and_keeps_the_challenge_token()
    {
        var answer = await Server.RegistrationAsync(Authenticator, Password);
        var before = Saves.Count;

        await FailsAsync(answer with { Credential = Credential }, Invalid);

        Assert.That(Saves.Count, Is.EqualTo(before));
        Assert.That(await ListAsync(), Is.Empty);
        Assert.That(await Records.MailsAsync(Account.UserId), Is.Empty);
        Assert.That((await SendAsync(answer)).Error, Is.Null);
    }

    [Test]
    public async Task Adds_passkeys_up_to_the_limit()
    {
        for (var i = 0; i < Passkey.MaxPerUser; i++)
        {
            using var other = PasskeyCalls.Authenticator();
            var added = await SendAsync(await Server.RegistrationAsync(other, Password));
            Assert.That(added.Error, Is.Null);
        }

        await FailsAsync(await Server.RegistrationAsync(Authenticator, Password), "state_conflict");

        Assert.That(await ListAsync(), Has.Count.EqualTo(Passkey.MaxPerUser));
    }

    [TestCase("t", null, "")]
    [TestCase("", null, "challengeToken: required")]
    [TestCase("t", "a\u0000b", "name: invalid_format")]
    public void Requires_a_challenge_token_and_accepts_a_name(string challengeToken, string? name, string error) =>
        Assert.That(
            new AddPasskeyValidator().ErrorTextOf(new AddPasskeyCommand(challengeToken, Credential, name)),
            Is.EqualTo(error)
        );

    [TestCase(true)]
    [TestCase(false)]
    public void Requires_a_credential(bool isEmpty) =>
        Assert.That(
            new AddPasskeyValidator().ErrorTextOf(
                new AddPasskeyCommand("t", isEmpty ? new Dictionary<string, object?>() : null!)
            ),
            Is.EqualTo("credential: required")
        );

    [TestCase(Passkey.NameMaxLength, "")]
    [TestCase(Passkey.NameMaxLength + 1, "name: too_long")]
    public void Limits_the_length_of_a_name(int length, string error) =>
        Assert.That(
            new AddPasskeyValidator().ErrorTextOf(
                new AddPasskeyCommand("t", Credential, $" {new string('x', length)} ")
            ),
            Is.EqualTo(error)
        );

    [TestCase(null, "")]
    [TestCase("ann", "")]
    [TestCase(" ann ", "")]
    [TestCase("", "username: required")]
    [TestCase("ab", "username: too_short")]
    [TestCase("a b", "username: invalid_format")]
    [TestCase("admin", "username: not_allowed")]
    public void Checks_the_username_of_a_guest(string? username, string error) =>
        Assert.That(
            new AddPasskeyValidator().ErrorTextOf(new AddPasskeyCommand("t", Credential, Username: username)),
            Is.EqualTo(error)
        );
}
