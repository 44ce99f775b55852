using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class AuthenticationTests
{
    [Test]
    public Task The_document_contains_this_code() =>
        Examples.AssertShownInAsync("docs/authentication.md", nameof(AuthenticationTests));

    [Test]
    public async Task A_user_signs_in_with_a_second_factor_until_the_session_ends()
    {
        var server = SharedServer.Instance;
        var reasons = new List<ErrorCode>();
        var keychain = new MemoryTokenStore();
        void ShowSignIn(ErrorCode code) => reasons.Add(code);
        // A code works once, so each one is that of the next step.
        var (secret, steps) = ("", 0);
        Task<string> AskAsync(string question) =>
            Task.FromResult(question.Contains("app", StringComparison.Ordinal) ? Totp.Code(secret, steps++) : "");

        var options = new FitnessifyOptions { Tokens = keychain };
        options.OnStateChanged = state =>
        {
            if (state.Reason is { } ended)
            {
                ShowSignIn(ended.Code);
            }
        };
        using var session = new FitnessifySession(server.Address, options);
        var bob = new RegisterUserCommand { Username = "bob", Email = "bob@example.com" };
        bob.Password = "seven quiet otters paint";
        await session.Api.Auth.RegisterAsync(bob);
        await session.SignInAsync("bob", "seven quiet otters paint", "Phone");

        var enrolment = await session.Api.Mfa.EnrolTotpAsync(new() { Password = "seven quiet otters paint" });
        secret = enrolment.Secret;
        var code = await AskAsync("A code of the app?");
        var codes = await session.Api.Mfa.ConfirmTotpAsync(new() { Code = code });
        Assert.That(codes.RecoveryCodes, Has.Count.EqualTo(10));
        await session.SignOutAsync();

        try
        {
            await session.SignInAsync("bob", "seven quiet otters paint", "Phone");
        }
        catch (MfaRequiredException question)
        {
            var answer = new VerifyMfaCommand { ChallengeToken = question.ChallengeToken };
            answer.Code = await AskAsync("A code of the app?");
            await session.SignInWithAsync(api => api.Auth.VerifyMfaAsync(answer));
        }

        Assert.That((await session.Api.Mfa.GetAsync()).Enabled, Is.True);
        var here = (await session.Api.Sessions.ListAsync()).Items.Single(item => item.Current);
        await session.Api.Sessions.EndAsync(here.Id);
        Assert.CatchAsync<SignedOutException>(() => session.Api.Users.GetMeAsync());
        Assert.That(reasons, Is.EqualTo((ErrorCode[])[ErrorCode.SessionRevoked]));
    }
}
