using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class IdentitiesTests
{
    [Test]
    public Task The_document_contains_this_code() =>
        Examples.AssertShownInAsync("docs/identities.md", nameof(IdentitiesTests));

    [Test]
    public async Task A_user_links_an_identity_signs_in_with_it_and_shows_it_again()
    {
        using var issuer = await Issuer.StartAsync();
        await using var server = await Server.StartAsync(issuer.Settings);
        var (subject, asked) = ("1002", 0);
        IEnumerable<string> buttons = [];
        void ShowButtons(IEnumerable<string> names) => buttons = names;
        async Task<(string IdToken, string? AuthorizationCode)> AskProviderAsync(string provider, string nonce) =>
            (
                await issuer.TokenAsync(
                    provider,
                    subject,
                    subject == "1002" ? "emil@example.com" : "ida@example.com",
                    nonce
                ),
                null
            );
        Task<(string Login, string Password)> AskForPasswordAsync(string question)
        {
            asked++;
            return Task.FromResult(("emil", "seven quiet otters paint"));
        }

        using var session = new FitnessifySession(server.Address);
        var providers = await session.Api.Identities.ListProvidersAsync();
        ShowButtons(providers.Items.Select(item => item.Provider));
        Assert.That(buttons, Is.EqualTo((string[])["apple", "example", "google"]));

        var emil = new RegisterUserCommand { Username = "emil", Email = "emil@example.com" };
        emil.Password = "seven quiet otters paint";
        await session.Api.Auth.RegisterAsync(emil);
        async Task ContinueWithAsync(string provider)
        {
            var nonce = IdentityNonce.Create();
            var answer = await AskProviderAsync(provider, nonce.Digest);
            var identity = new LoginIdentityCommand { Provider = provider, Nonce = nonce.Nonce };
            (identity.IdToken, identity.AuthorizationCode) = (answer.IdToken, answer.AuthorizationCode);
            identity.Device = "Phone";
            await session.SignInWithIdentityAsync(
                identity,
                async _ =>
                {
                    var (login, password) = await AskForPasswordAsync("Please sign in to your account once.");
                    await session.SignInAsync(login, password, "Phone");
                    return new() { Password = password };
                }
            );
        }
        await ContinueWithAsync("google");
        Assert.That(asked, Is.EqualTo(1));
        Assert.That((await session.Api.Users.GetMeAsync()).SignInMethods, Is.EqualTo((string[])["password", "google"]));
        await session.SignOutAsync();
        await ContinueWithAsync("google");
        Assert.That((await session.Api.Users.GetMeAsync()).Username, Is.EqualTo("emil"));

        // A user without a password sets the first one.
        await session.SignOutAsync();
        subject = "1001";
        await ContinueWithAsync("google");
        Assert.That(asked, Is.EqualTo(1));
        Assert.That((await session.Api.Users.GetMeAsync()).SignInMethods, Is.EqualTo((string[])["google"]));

        var again = IdentityNonce.Create();
        var shown = new ReauthenticateCommand { Provider = "google", Nonce = again.Nonce };
        shown.IdToken = (await AskProviderAsync("google", again.Digest)).IdToken;
        await session.Api.Auth.ReauthenticateAsync(shown);
        await session.Api.Users.ChangePasswordAsync(new() { NewPassword = "brave lanterns orbit softly" });
        Assert.That((await session.Api.Users.GetMeAsync()).SignInMethods, Is.EqualTo((string[])["password", "google"]));
    }
}
