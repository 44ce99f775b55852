using System.Globalization;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class UpdateMeTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await EnterAsync();

    [TestCase("{0}.new", "{0}.new")]
    [TestCase("  {0}.new ", "{0}.new")]
    [TestCase("{1}", "{1}", TestName = "Changes the username, also in nothing but its case")]
    public async Task Changes_the_username(string sent, string expected)
    {
        var username = Format(expected);

        var result = await UpdateAsync(Format(sent));

        Assert.That(result.Value?.Username, Is.EqualTo(username));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account with { Username = username }));
        Assert.That(
            await ToldAsync(_account.UserId),
            Is.EqualTo([Told.Of(AuditEventType.UsernameChanged, _account.UserId, Server.Caller.Session!.Id)])
        );
        await AssertHereAndNowAsync(_account.UserId);
    }

    [TestCase(null)]
    [TestCase("{0}")]
    [TestCase(" {0} ")]
    public async Task Changes_nothing_when_the_username_is_absent_or_the_same(string? sent)
    {
        var result = await (sent is null ? SendAsync(new UpdateMeCommand(default)) : UpdateAsync(Format(sent)));

        Assert.That(result.Value?.Username, Is.EqualTo(_account.Username));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account));
        Assert.That(await ToldAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Takes_no_username_that_somebody_else_has()
    {
        var other = await SignUpAsync();

        Assert.That((await UpdateAsync(other.Username)).Error, Is.EqualTo(AccountErrors.UsernameTaken));
        Assert.That(await ToldAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Answers_like_the_door_when_the_user_is_gone()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await UpdateAsync("kern")).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [Test]
    public void An_absent_username_is_fine() => Assert.That(Errors(default), Is.Empty);

    [TestCase("ann", "")]
    [TestCase("  ann  ", "")]
    [TestCase(null, "username: required")]
    [TestCase("", "username: required")]
    [TestCase("   ", "username: required")]
    [TestCase(" ab ", "username: too_short")]
    [TestCase("a234567890123456789012345678901", "username: too_long")]
    [TestCase("ann.", "username: invalid_format")]
    [TestCase(" Admin ", "username: not_allowed")]
    public void Checks_the_username_as_registration_does(string? username, string errors) =>
        Assert.That(Errors(new Optional<string?>(username)), Is.EqualTo(errors));

    private static string Errors(Optional<string?> username) =>
        new UpdateMeValidator().ErrorTextOf(new UpdateMeCommand(username));

    private string Format(string pattern) =>
        string.Format(CultureInfo.InvariantCulture, pattern, _account.Username, _account.Username.ToUpperInvariant());

    private Task<Result<UserDto>> UpdateAsync(string username) =>
        SendAsync(new UpdateMeCommand(new Optional<string?>(username)));
}
