using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Auth;

public sealed class LogoutUserTests : UseCaseTests
{
    private static readonly string[] BadNames = [.. BadText.All.Select(bad => bad.Name)];

    private Session _asking = null!;
    private Session _named = null!;

    [SetUp]
    public async Task SignIn()
    {
        await EnterAsync();
        _asking = Server.Caller.Session!;
        _named = await Server.SignInAsync(_asking.OwnerId);
    }

    [Test]
    public async Task Ends_the_session_that_asks()
    {
        Assert.That((await SendAsync(new LogoutUserCommand(null))).Error, Is.Null);

        await HasEndedAsync(_asking);
        Assert.That((await SessionAsync(_named)).RevokedAt, Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Ends_the_session_of_the_refresh_token_whoever_asks(bool isSignedIn)
    {
        Server.Caller.Session = isSignedIn ? _asking : null;

        Assert.That((await SendAsync(new LogoutUserCommand(RefreshTokenOf(_named)))).Error, Is.Null);

        await HasEndedAsync(_named);
        Assert.That((await SessionAsync(_asking)).RevokedAt, Is.Null);
    }

    [TestCase(true, "unreadable", "refresh_token_invalid")]
    [TestCase(false, "unreadable", "refresh_token_invalid")]
    [TestCase(false, "", "refresh_token_invalid")]
    [TestCase(false, null, "unauthenticated")]
    public async Task Refuses_who_names_no_session(bool isSignedIn, string? refreshToken, string code)
    {
        Server.Caller.Session = isSignedIn ? _asking : null;

        await FailsAsync(new LogoutUserCommand(refreshToken), code);

        Assert.That((await SessionAsync(_asking)).RevokedAt, Is.Null);
        Assert.That(await ToldAsync(_asking.OwnerId), Is.Empty);
    }

    [Test]
    public async Task Is_content_with_a_session_that_is_gone_has_ended_or_expired()
    {
        await SendAsync(new LogoutUserCommand(RefreshTokenOf(_named)));
        var gone = Given.Session(_asking.OwnerId);
        Server.Clock.Advance(TimeSpan.FromDays(30));
        Server.Caller.Session = null;

        foreach (var session in new[] { gone, _asking, _named })
        {
            Assert.That((await SendAsync(new LogoutUserCommand(RefreshTokenOf(session)))).Error, Is.Null);
        }

        Assert.That((await SessionAsync(_asking)).RevokedAt, Is.Null);
        await HasEndedAsync(_named);
    }

    [TestCase(null)]
    [TestCase("CfDJ8-_x")]
    [TestCase("", TestName = "Refresh token, whether it is one of ours is not for the validator to say")]
    public void Takes_any_refresh_token(string? refreshToken) =>
        Assert.That(new LogoutUserValidator().ErrorsOf(new LogoutUserCommand(refreshToken)), Is.Empty);

    [TestCaseSource(nameof(BadNames))]
    public void No_refresh_token_holds(string badName)
    {
        var command = new LogoutUserCommand(BadText.All.Single(text => text.Name == badName).Text);

        Assert.That(new LogoutUserValidator().ErrorsOf(command), Is.EqualTo(["refreshToken: invalid_format"]));
    }

    private async Task HasEndedAsync(Session session)
    {
        var row = await SessionAsync(session);
        Assert.That((row.RevokedReason, row.RevokedAt), Is.EqualTo((SessionEnd.SignedOut, Given.Now)));
        var owner = session.OwnerId;
        Assert.That(
            await ToldAsync(owner),
            Is.EqualTo([Told.Of(AuditEventType.SignedOut, owner, session.Id, session.Device)])
        );
    }
}
