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
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [TestCase("{0}.new", "{0}.new")]
    [TestCase("  {0}.new ", "{0}.new")]
    [TestCase("{1}", "{1}", TestName = "Changes only the case of the username")]
    public async Task Changes_the_username(string sent, string expected)
    {
        var username = Format(expected);

        var result = await UpdateAsync(Format(sent));

        Assert.That(result.Value?.Username, Is.EqualTo(username));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account with { Username = username }));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EqualTo([RecordedEvent.Of(AuditEventType.UsernameChanged, _account.UserId, Server.Caller.Session!.Id)])
        );
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [TestCase(null)]
    [TestCase("{0}")]
    [TestCase(" {0} ")]
    public async Task Changes_nothing_when_the_username_is_absent_or_the_same(string? sent)
    {
        var result = await (sent is null ? SendAsync(new UpdateMeCommand(default)) : UpdateAsync(Format(sent)));

        Assert.That(result.Value?.Username, Is.EqualTo(_account.Username));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account));
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Refuses_the_username_of_another_user()
    {
        var other = await SignUpAsync();

        Assert.That((await UpdateAsync(other.Username)).Error, Is.EqualTo(AccountErrors.UsernameTaken));
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Fails_like_authentication_when_the_user_no_longer_exists()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await UpdateAsync("kern")).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [Test]
    public void Accepts_an_absent_username() => Assert.That(Errors(default), Is.Empty);

    [TestCase("ann", "")]
    [TestCase("  ann  ", "")]
    [TestCase(null, "username: required")]
    [TestCase("", "username: required")]
    [TestCase("   ", "username: required")]
    [TestCase(" ab ", "username: too_short")]
    [TestCase("a234567890123456789012345678901", "username: too_long")]
    [TestCase("ann.", "username: invalid_format")]
    [TestCase(" Admin ", "username: not_allowed")]
    public void Validates_the_username_like_registration(string? username, string errors) =>
        Assert.That(Errors(new Optional<string?>(username)), Is.EqualTo(errors));

    private static string Errors(Optional<string?> username) =>
        new UpdateMeValidator().ErrorTextOf(new UpdateMeCommand(username));

    private string Format(string pattern) =>
        string.Format(CultureInfo.InvariantCulture, pattern, _account.Username, _account.Username.ToUpperInvariant());

    private Task<Result<UserDto>> UpdateAsync(string username) =>
        SendAsync(new UpdateMeCommand(new Optional<string?>(username)));
}
