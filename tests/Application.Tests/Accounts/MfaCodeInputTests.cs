using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class MfaCodeInputTests
{
    [TestCase("123 456", "123456")]
    [TestCase(" 1 2 3 4 5\u00a06 ", "123456")]
    [TestCase("123456", "123456")]
    [TestCase("  ", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void Removes_white_space(string? typed, string? code)
    {
        Assert.That(new VerifyMfaCommand("token", typed).Code, Is.EqualTo(code));
        Assert.That(new DeleteMeCommand("password", typed).Code, Is.EqualTo(code));
        Assert.That(new ConfirmTotpCommand(typed!).Code, Is.EqualTo(code));
    }

    [TestCase("123456", "")]
    [TestCase("123456", " ")]
    [TestCase("", "abcd-efgh")]
    public void Treats_an_empty_field_as_absent(string code, string recoveryCode)
    {
        Assert.That(new VerifyMfaValidator().ErrorTextOf(new VerifyMfaCommand("token", code, recoveryCode)), Is.Empty);
        Assert.That(new DeleteMeValidator().ErrorTextOf(new DeleteMeCommand("password", code, recoveryCode)), Is.Empty);
    }
}
