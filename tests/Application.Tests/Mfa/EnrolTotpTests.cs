using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class EnrolTotpTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await EnterAsync();

    [Test]
    public async Task Answers_with_what_an_app_needs_whose_code_then_confirms()
    {
        var enrolment = (await SendAsync(new EnrolTotpCommand(Password))).Value!;

        Assert.That(enrolment.OtpauthUri, Does.Contain($":{_account.Username}?secret={enrolment.Secret}&"));
        var app = new Authenticator(enrolment.Secret, Server.Clock);
        Assert.That((await SendAsync(new ConfirmTotpCommand(app.Code()))).Error, Is.Null);
    }

    [TestCase("nikolas", "nikolas")]
    [TestCase("a b&c", "a%20b%26c")]
    public void Gives_the_seed_as_text_and_as_address_with_the_name_escaped(string username, string escaped)
    {
        const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

        Assert.That(
            TotpEnrolmentDto.From(username, "12345678901234567890"u8.ToArray()),
            Is.EqualTo(
                new TotpEnrolmentDto(
                    Secret,
                    $"otpauth://totp/Fitnessify:{escaped}?secret={Secret}&issuer=Fitnessify&algorithm=SHA1&digits=6&period=30"
                )
            )
        );
    }

    [Test]
    public async Task Begins_nothing_after_a_wrong_password()
    {
        var begun = (await SendAsync(new EnrolTotpCommand(Password))).Value!;

        await FailsAsync(new EnrolTotpCommand("wrong"), "reauthentication_failed");

        var app = new Authenticator(begun.Secret, Server.Clock);
        Assert.That((await SendAsync(new ConfirmTotpCommand(app.Code()))).Error, Is.Null, "Its seed still waits.");
    }

    [Test]
    public async Task Sets_up_no_second_one_beside_one_that_is_on()
    {
        await EnableMfaAsync(_account.UserId);

        Assert.That((await SendAsync(new EnrolTotpCommand(Password))).Error, Is.EqualTo(MfaErrors.MfaAlreadyEnabled));
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Needs_the_password(string password, string error) =>
        Assert.That(new EnrolTotpValidator().ErrorTextOf(new EnrolTotpCommand(password)), Is.EqualTo(error));
}
