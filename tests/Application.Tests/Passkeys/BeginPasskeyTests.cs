using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class BeginPasskeyTests : PasskeyTests
{
    [Test]
    public async Task Requires_the_password_and_returns_a_challenge_and_a_challenge_token_of_the_user()
    {
        var before = Saves.Count;

        var begun = (await SendAsync(new BeginPasskeyCommand(Password))).Value!;

        var options = Ceremonies.Read(begun);
        Assert.That(options.GetProperty("challenge").GetString(), Is.Not.Empty);
        Assert.That(options.GetProperty("user").GetProperty("name").GetString(), Is.EqualTo(Account.Username));
        var challengeToken = await Server.UseAsync(
            (IChallengeTokens challengeTokens) =>
                Task.FromResult(challengeTokens.Read(ChallengePurpose.NewPasskey, begun.ChallengeToken, Now))
        );
        Assert.That(challengeToken?.UserId, Is.EqualTo(Account.UserId));
        Assert.That((Hashing.Verified, Saves.Count - before), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Returns_nothing_without_the_password()
    {
        var begun = await SendAsync(new BeginPasskeyCommand("wrong"));

        Assert.That(
            (begun.Error, begun.Value),
            Is.EqualTo((AuthErrors.ReauthenticationFailed, default(PasskeyChallengeDto)))
        );
        Assert.That(
            await RecordedAsync(Account.UserId),
            Is.EqualTo([Done(AuditEventType.ReauthenticationFailed) with { Outcome = AuditOutcome.Failed }])
        );
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Requires_the_password(string password, string error) =>
        Assert.That(new BeginPasskeyValidator().ErrorTextOf(new BeginPasskeyCommand(password)), Is.EqualTo(error));

    [TestCase(null, "")]
    [TestCase("ann", "")]
    [TestCase(" ann ", "")]
    [TestCase("", "username: required")]
    [TestCase("ab", "username: too_short")]
    [TestCase("a b", "username: invalid_format")]
    [TestCase("admin", "username: not_allowed")]
    public void Checks_the_username_of_a_guest(string? username, string error) =>
        Assert.That(
            new BeginPasskeyValidator().ErrorTextOf(new BeginPasskeyCommand("x", Username: username)),
            Is.EqualTo(error)
        );
}
