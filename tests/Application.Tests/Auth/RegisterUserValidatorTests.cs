using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RegisterUserValidatorTests
{
    private static readonly string[] BadNames = [.. BadText.InLines.Select(bad => bad.Name)];

    [TestCase("abc", null)]
    [TestCase("A1z", null)]
    [TestCase("a.b_c-d", null)]
    [TestCase("  ann  ", null, TestName = "Username, trimmed before it is checked")]
    [TestCase(null, "required")]
    [TestCase("", "required")]
    [TestCase("   ", "required")]
    [TestCase("ab", "too_short")]
    [TestCase(" ab ", "too_short")]
    [TestCase(".ab", "invalid_format")]
    [TestCase("ab.", "invalid_format")]
    [TestCase("_ab", "invalid_format")]
    [TestCase("ab-", "invalid_format")]
    [TestCase("a b", "invalid_format")]
    [TestCase("a@b", "invalid_format")]
    [TestCase("äbc", "invalid_format")]
    [TestCase("ａｂｃ", "invalid_format", TestName = "Username, full-width letters")]
    [TestCase("аnn", "invalid_format", TestName = "Username, a Cyrillic look-alike")]
    [TestCase("admin", "not_allowed")]
    [TestCase("FITNESSIFY", "not_allowed")]
    [TestCase(" Root ", "not_allowed")]
    public void Checks_the_username(string? username, string? code) =>
        Assert.That(Errors(username: username), Is.EqualTo(Expected("username", code)));

    [TestCase(30, null)]
    [TestCase(31, "too_long")]
    public void Checks_the_length_of_the_username(int length, string? code) =>
        Assert.That(Errors(username: new string('a', length)), Is.EqualTo(Expected("username", code)));

    [TestCase("a@b.c", null)]
    [TestCase("  a@b.c  ", null, TestName = "Email, trimmed before it is checked")]
    [TestCase("Niko.Kern+fit@mail.example.com", null)]
    [TestCase("!#$%&'*+/=?^_`{|}~-@x-1.example", null)]
    [TestCase(null, "required")]
    [TestCase("", "required")]
    [TestCase(" ", "required")]
    [TestCase("a", "invalid_format")]
    [TestCase("@b.c", "invalid_format")]
    [TestCase("a@", "invalid_format")]
    [TestCase("a@localhost", "invalid_format")]
    [TestCase("a@@b.c", "invalid_format")]
    [TestCase("a@b..c", "invalid_format")]
    [TestCase("a@b.c.", "invalid_format")]
    [TestCase("a@-b.c", "invalid_format")]
    [TestCase("a@b-.c", "invalid_format")]
    [TestCase("a@[127.0.0.1]", "invalid_format")]
    [TestCase("\"a\"@b.c", "invalid_format", TestName = "Email, a quoted local part")]
    [TestCase("a b@c.d", "invalid_format")]
    [TestCase("A <a@b.c>", "invalid_format")]
    [TestCase("ä@b.c", "invalid_format")]
    public void Checks_the_email(string? email, string? code) =>
        Assert.That(Errors(email: email), Is.EqualTo(Expected("email", code)));

    [TestCase(64, 254, null)]
    [TestCase(64, 255, "too_long")]
    [TestCase(65, 254, "too_long")]
    public void Checks_the_lengths_of_the_email(int localPart, int total, string? code)
    {
        // A label of a domain has at most 63 characters.
        var domain = string.Concat(Enumerable.Repeat(new string('d', 62) + ".", 5));
        var email = $"{new string('l', localPart)}@{domain}"[..(total - 1)] + "d";

        Assert.That(Errors(email: email), Is.EqualTo(Expected("email", code)));
    }

    [TestCase(63, null)]
    [TestCase(64, "invalid_format")]
    public void Checks_the_length_of_a_domain_label(int length, string? code) =>
        Assert.That(Errors(email: $"a@{new string('d', length)}.example"), Is.EqualTo(Expected("email", code)));

    [TestCase("x", null, TestName = "Password, the policy checks its strength")]
    [TestCase(" x ", null)]
    [TestCase("пароль из слов", null)]
    [TestCase("horse \U0001F40E battery", null, TestName = "Password, a whole surrogate pair")]
    [TestCase(null, "required")]
    [TestCase("", "required")]
    [TestCase("            ", "required")]
    public void Checks_the_password(string? password, string? code) =>
        Assert.That(Errors(password: password), Is.EqualTo(Expected("password", code)));

    [TestCaseSource(nameof(BadNames))]
    public void Refuses_invalid_text_in_every_member(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(
            Errors(bad, $"{bad}@example.com", bad),
            Is.EqualTo(["username: invalid_format", "email: invalid_format", "password: invalid_format"])
        );
    }

    private static IEnumerable<string> Errors(
        string? username = "nikolas",
        string? email = "kern@example.com",
        string? password = "correct horse battery"
    ) => new RegisterUserValidator().ErrorsOf(new RegisterUserCommand(username!, email!, password!));

    private static string[] Expected(string path, string? code) => code is null ? [] : [$"{path}: {code}"];
}
