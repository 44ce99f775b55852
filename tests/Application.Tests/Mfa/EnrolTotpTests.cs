using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class EnrolTotpTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [Test]
    public async Task Returns_the_setup_for_an_app_whose_code_then_confirms()
    {
        var enrolment = (await SendAsync(new EnrolTotpCommand(Password))).Value!;

        Assert.That(enrolment.OtpauthUri, Does.Contain($":{_account.Username}?secret={enrolment.Secret}&"));
        var app = new Authenticator(enrolment.Secret, Server.Clock);
        Assert.That((await SendAsync(new ConfirmTotpCommand(app.Code()))).Error, Is.Null);
    }

    [TestCase("nikolas", "nikolas")]
    [TestCase("a b&c", "a%20b%26c")]
    public void Returns_the_seed_as_text_and_as_a_URI_with_the_name_escaped(string username, string escaped)
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
    public async Task Starts_nothing_after_a_wrong_password()
    {
        var begun = (await SendAsync(new EnrolTotpCommand(Password))).Value!;

        await FailsAsync(new EnrolTotpCommand("wrong"), "reauthentication_failed");

        var app = new Authenticator(begun.Secret, Server.Clock);
        Assert.That((await SendAsync(new ConfirmTotpCommand(app.Code()))).Error, Is.Null, "The seed is still pending.");
    }

    [Test]
    public async Task Refuses_to_enroll_while_the_second_factor_is_on()
    {
        await EnableMfaAsync(_account.UserId);

        Assert.That((await SendAsync(new EnrolTotpCommand(Password))).Error, Is.EqualTo(MfaErrors.MfaAlreadyEnabled));
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Requires_the_password(string password, string error) =>
        Assert.That(new EnrolTotpValidator().ErrorTextOf(new EnrolTotpCommand(password)), Is.EqualTo(error));
}
