using System.Globalization;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>
/// A thief has the password and a session; the owner resets the password, or an admin disables the account, at the same moment.
/// Whichever is first: once that has succeeded, the thief has no access left (security requirement 31).
/// </summary>
public sealed class CredentialRaceTests
{
    private const string ThiefsPassword = "Stolen-Anvil-37-Meadow";

    private static readonly int Tries = int.Parse(
        Environment.GetEnvironmentVariable("FITNESSIFY_RACES") ?? "4",
        CultureInfo.InvariantCulture
    );

    private static readonly string[] Acts =
    [
        "signs in by password",
        "signs in by code",
        "signs in by passkey",
        "refreshes",
        "changes the password",
        "changes the address",
        "changes the username",
        "begins a factor",
        "begins a passkey",
        "adds a passkey",
        "exports",
        "deletes the account",
    ];

    [Test]
    public async Task A_thief_who_acts_concurrently_keeps_no_access(
        [ValueSource(nameof(Acts))] string act,
        [Values("reset", "disabled")] string change
    )
    {
        var admin = await Api.Shared.SignedInAsAsync(Roles.Admin);
        var (won, losses) = (0, new List<string>());
        for (var i = 0; i < Tries; i++)
        {
            var thief = await Api.Shared.SignedInAsync();
            using var authenticator = PasskeyCalls.Authenticator();
            var (acts, changes) = (
                await ActOfAsync(thief, act, authenticator),
                await ChangeOfAsync(thief, change, admin)
            );

            var acting = Task.Run(acts);
            var changing = Task.Run(changes);
            using var acted = await acting;
            using var changed = await changing;

            won += acted.IsSuccessStatusCode ? 1 : 0;
            if (await LossAsync(thief, act, acted, changed) is { } loss)
            {
                losses.Add(loss);
            }
        }

        await TestContext.Out.WriteLineAsync(
            $"{act}, {change}: {Tries} tries, {won} acknowledged to the thief, {losses.Count} lost"
        );
        Assert.That(losses, Is.Empty);
    }

    [Test]
    public async Task One_of_two_concurrent_password_changes_succeeds()
    {
        List<string> losses = [];
        for (var i = 0; i < Tries; i++)
        {
            var client = await Api.Shared.SignedInAsync();
            string[] passwords = [AccountLinks.NewPassword, ThiefsPassword];
            var responses = await Task.WhenAll(
                passwords.Select(newPassword =>
                    Task.Run(() =>
                        client.PutAsync(
                            ApiClient.Password,
                            new { currentPassword = client.Person.Password, newPassword }
                        )
                    )
                )
            );
            var won = passwords.Where((_, n) => responses[n].IsSuccessStatusCode).ToList();
            using var login = await client.LoginAsync(client.Person.Email, won.FirstOrDefault() ?? "none");
            if (won.Count != 1 || !login.IsSuccessStatusCode)
            {
                losses.Add($"{won.Count} acknowledged, {await login.OutcomeAsync()}");
            }

            Array.ForEach(responses, response => response.Dispose());
        }

        Assert.That(losses, Is.Empty);
    }

    private static async Task<string?> LossAsync(
        ApiClient thief,
        string act,
        HttpResponseMessage acted,
        HttpResponseMessage changed
    )
    {
        var isFirst = acted.IsSuccessStatusCode;
        if (!changed.IsSuccessStatusCode)
        {
            // The thief was first, so the token is invalid or the account deleted, and the owner gets that error.
            var isWithdrawn =
                isFirst && act is "deletes the account" or "changes the password" or "changes the username";
            return isWithdrawn ? null : await changed.OutcomeAsync();
        }

        if (isFirst && act.StartsWith("signs in", StringComparison.Ordinal) || isFirst && act == "refreshes")
        {
            await thief.KeepAsync(acted);
        }

        var left = await thief.OutcomeOfAsync(ApiClient.Me);
        using var old = await thief.LoginAsync(thief.Person.Email);
        using var stolen = await thief.LoginAsync(thief.Person.Email, ThiefsPassword);
        return left == "200" || old.IsSuccessStatusCode || stolen.IsSuccessStatusCode
            ? $"{await acted.OutcomeAsync()}, {left}, {await old.OutcomeAsync()}, {await stolen.OutcomeAsync()}"
            : null;
    }

    private static async Task<Func<Task<HttpResponseMessage>>> ChangeOfAsync(
        ApiClient owner,
        string change,
        ApiClient admin
    )
    {
        var id = await owner.IdAsync();
        if (change == "disabled")
        {
            return () => admin.PostAsync($"{AdminCalls.Users}/{id}/disable");
        }

        await using var scope = Api.Shared.Services.CreateAsyncScope();
        var token = await scope
            .ServiceProvider.GetRequiredService<IAccountTokens>()
            .IssueAsync(
                AccountTokenPurpose.ResetPassword,
                id,
                owner.Person.Email,
                TimeProvider.System.GetUtcNow(),
                default
            );
        var reset = new
        {
            email = owner.Person.Email,
            token,
            newPassword = AccountLinks.NewPassword,
        };
        return () => Api.Shared.Anonymous().PostAsync(AccountLinks.Reset, reset);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> ActOfAsync(
        ApiClient thief,
        string act,
        SoftAuthenticator authenticator
    )
    {
        var (password, elsewhere) = (thief.Person.Password, Api.Shared.Anonymous());
        switch (act)
        {
            case "signs in by password":
                return () => elsewhere.LoginAsync(thief.Person.Email, password);
            case "signs in by code":
                var (app, _) = await thief.EnabledAsync(TimeProvider.System);
                var token = await elsewhere.ChallengeTokenAsync(thief.Person);
                return () => elsewhere.VerifyAsync(token, app.Code(1));
            case "signs in by passkey":
                using (await thief.AddPasskeyAsync(authenticator)) { }

                var (signIn, proof) = await elsewhere.AssertAsync(authenticator);
                return () =>
                    elsewhere.PostAsync(PasskeyCalls.Login, new { challengeToken = signIn, credential = proof });
            case "adds a passkey":
                var (challengeToken, credential) = await thief.MakeAsync(authenticator, password);
                return () => thief.PostAsync(PasskeyCalls.Passkeys, new { challengeToken, credential });
            case "refreshes":
                return () => thief.RefreshAsync();
            case "changes the password":
                var change = new { currentPassword = password, newPassword = ThiefsPassword };
                return () => thief.PutAsync(ApiClient.Password, change);
            case "changes the address":
                var newEmail = $"thief-{Guid.NewGuid():N}@example.test";
                return () => thief.PutAsync(AccountLinks.Email, new { newEmail, password });
            case "changes the username":
                var username = Person.Random().Username;
                return () => thief.PatchAsync(ApiClient.Me, new { username });
            case "begins a factor":
                return () => thief.PostAsync(MfaCalls.Enrol, new { password });
            case "begins a passkey":
                return () => thief.PostAsync(PasskeyCalls.Options, new { password });
            case "exports":
                return () => thief.PostAsync(AdminCalls.Export, new { password });
            default:
                return () => thief.PostAsync(ApiClient.Deletion, new { password });
        }
    }
}
