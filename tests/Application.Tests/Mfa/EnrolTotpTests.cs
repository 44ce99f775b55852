using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class EnrolTotpTests
{
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private readonly Ports _ports = new();
    private readonly Factors _factors;

    public EnrolTotpTests() => _factors = new Factors(_ports);

    [Test]
    public async Task Asks_for_the_password_and_answers_with_the_seed_as_text_and_as_address()
    {
        var result = await HandleAsync();

        Assert.That(
            result.Value,
            Is.EqualTo(
                new TotpEnrolmentDto(
                    Secret,
                    $"otpauth://totp/Fitnessify:nikolas?secret={Secret}&issuer=Fitnessify&algorithm=SHA1&digits=6&period=30"
                )
            )
        );
        Assert.That(
            _ports.Steps,
            Is.EqualTo(["take me", "find me", "verify secret with stored hash", "forgive me", "begin them"])
        );
    }

    [Test]
    public async Task Escapes_the_name_in_the_address()
    {
        _ports.Credentials = _ports.Credentials! with { Username = "a b&c" };

        Assert.That((await HandleAsync()).Value!.OtpauthUri, Does.StartWith("otpauth://totp/Fitnessify:a%20b%26c?"));
    }

    [Test]
    public async Task Begins_nothing_after_a_wrong_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.ReauthenticationFailed));
        Assert.That(_ports.Steps, Has.None.StartsWith("begin"));
    }

    [Test]
    public async Task Sets_up_no_second_one_beside_one_that_is_on()
    {
        _factors.Seed = null;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.MfaAlreadyEnabled));
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Needs_the_password(string password, string error) =>
        Assert.That(new EnrolTotpValidator().ErrorTextOf(new EnrolTotpCommand(password)), Is.EqualTo(error));

    private Task<Result<TotpEnrolmentDto>> HandleAsync() =>
        new EnrolTotpHandler(
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _ports, Given.Clock()),
            _factors
        ).Handle(new EnrolTotpCommand("secret"), CancellationToken.None);
}
