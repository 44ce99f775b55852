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
        await SignInNewUserAsync();
        _asking = Server.Caller.Session!;
        _named = await Server.SignInAsync(_asking.OwnerId);
    }

    [Test]
    public async Task Ends_the_current_session()
    {
        Assert.That((await SendAsync(new LogoutUserCommand(null))).Error, Is.Null);

        await HasEndedAsync(_asking);
        Assert.That((await SessionAsync(_named)).RevokedAt, Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Ends_the_session_of_the_refresh_token_for_any_caller(bool isSignedIn)
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
    public async Task Refuses_a_caller_without_any_session(bool isSignedIn, string? refreshToken, string code)
    {
        Server.Caller.Session = isSignedIn ? _asking : null;

        await FailsAsync(new LogoutUserCommand(refreshToken), code);

        Assert.That((await SessionAsync(_asking)).RevokedAt, Is.Null);
        Assert.That(await RecordedAsync(_asking.OwnerId), Is.Empty);
    }

    [Test]
    public async Task Succeeds_when_the_session_has_already_ended_expired_or_been_deleted()
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
    [TestCase("", TestName = "Refresh token, the validator does not check its authenticity")]
    public void Accepts_any_refresh_token_of_the_session(string? refreshToken) =>
        Assert.That(new LogoutUserValidator().ErrorsOf(new LogoutUserCommand(refreshToken)), Is.Empty);

    [TestCaseSource(nameof(BadNames))]
    public void Refuses_invalid_text_in_the_refresh_token(string badName)
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
            await RecordedAsync(owner),
            Is.EqualTo([RecordedEvent.Of(AuditEventType.SignedOut, owner, session.Id, session.Device)])
        );
    }
}
