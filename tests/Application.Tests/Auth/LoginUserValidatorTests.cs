using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Auth;

public sealed class LoginUserValidatorTests
{
    private static readonly string[] BadNames = [.. BadText.InLines.Select(bad => bad.Name)];

    [TestCase("nikolas", null)]
    [TestCase("kern@example.com", null)]
    [TestCase("x", null, TestName = "Login, an impossible username is not reported")]
    [TestCase(null, "required")]
    [TestCase("", "required")]
    [TestCase("   ", "required")]
    public void Checks_the_login(string? login, string? code) =>
        Assert.That(Errors(login: login), Is.EqualTo(Expected("login", code)));

    [TestCase(254, null)]
    [TestCase(255, "too_long")]
    public void Checks_the_length_of_the_login(int length, string? code) =>
        Assert.That(Errors(login: new string('a', length)), Is.EqualTo(Expected("login", code)));

    [Test]
    public void Trims_the_login() =>
        Assert.That(new LoginUserCommand("  nikolas ", "x", null).Login, Is.EqualTo("nikolas"));

    [TestCase("  Ann's phone ", "Ann's phone")]
    [TestCase("   ", null)]
    [TestCase("", null)]
    public void Treats_a_blank_device_as_unnamed(string device, string? expected) =>
        Assert.That(new LoginUserCommand("nikolas", "x", device).Device, Is.EqualTo(expected));

    [TestCase("x", null)]
    [TestCase(null, "required")]
    [TestCase("", "required")]
    [TestCase(" ", "required")]
    public void Checks_the_password(string? password, string? code) =>
        Assert.That(Errors(password: password), Is.EqualTo(Expected("password", code)));

    [TestCase(null, null)]
    [TestCase("", null)]
    [TestCase("Ann's \U0001F4F1", null, TestName = "Device, a whole surrogate pair")]
    public void Checks_the_device(string? device, string? code) =>
        Assert.That(Errors(device: device), Is.EqualTo(Expected("device", code)));

    [TestCase(100, null)]
    [TestCase(101, "too_long")]
    public void Checks_the_length_of_the_device(int length, string? code) =>
        Assert.That(Errors(device: new string('d', length)), Is.EqualTo(Expected("device", code)));

    [TestCase(null, null)]
    [TestCase("t", null)]
    [TestCase("", "required")]
    [TestCase(" ", "required")]
    [TestCase("a\0b", "invalid_format")]
    public void Checks_the_tokens_of_a_device_and_of_a_guest(string? token, string? code) =>
        Assert.That(
            Errors(deviceToken: token, guestToken: token),
            Is.EqualTo([.. Expected("deviceToken", code), .. Expected("guestToken", code)])
        );

    [TestCase(4096, null)]
    [TestCase(4097, "too_long")]
    public void Checks_the_length_of_the_tokens(int length, string? code)
    {
        var token = new string('t', length);

        Assert.That(
            Errors(deviceToken: token, guestToken: token),
            Is.EqualTo([.. Expected("deviceToken", code), .. Expected("guestToken", code)])
        );
    }

    [TestCaseSource(nameof(BadNames))]
    public void Refuses_invalid_text_in_every_member(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(
            Errors(bad, bad, bad, bad, bad),
            Is.EqualTo([
                "login: invalid_format",
                "password: invalid_format",
                "deviceToken: invalid_format",
                "guestToken: invalid_format",
                "device: invalid_format",
            ])
        );
    }

    private static IEnumerable<string> Errors(
        string? login = "nikolas",
        string? password = "correct horse battery",
        string? device = null,
        string? deviceToken = null,
        string? guestToken = null
    ) => new LoginUserValidator().ErrorsOf(new LoginUserCommand(login!, password!, device, deviceToken, guestToken));

    private static string[] Expected(string path, string? code) => code is null ? [] : [$"{path}: {code}"];
}
