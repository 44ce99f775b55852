using Fitnessify.Domain.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>
/// A thief has the password and a session; the owner resets the password at the same moment. Whichever is first: once the
/// reset is acknowledged, nothing of the thief is left (security requirement 31).
/// </summary>
public sealed class CredentialRaceTests
{
    private const int Tries = 50;
    private const string ThiefsPassword = "Stolen-Anvil-37-Meadow";

    [TestCase("signs in")]
    [TestCase("changes the password")]
    [TestCase("changes the address")]
    [TestCase("deletes the account")]
    [TestCase("exports")]
    public async Task A_thief_at_the_same_moment_keeps_nothing(string act)
    {
        List<string> losses = [];
        for (var i = 0; i < Tries; i++)
        {
            var thief = await Api.Shared.SignedInAsync();
            var (person, reset) = (thief.Person, await ResetAsync(thief));
            var acting = Task.Run(() => ActAsync(thief, act));
            var resetting = Task.Run(() => Api.Shared.Anonymous().PostAsync(AccountLinks.Reset, reset));
            using var acted = await acting;
            using var answer = await resetting;

            if (!answer.IsSuccessStatusCode)
            {
                // The thief was first, and the token is worthless: the owner is told so.
                var isWithdrawn = acted.IsSuccessStatusCode && act is "deletes the account" or "changes the password";
                losses.AddRange(isWithdrawn ? [] : [$"reset {await answer.OutcomeAsync()}"]);
                continue;
            }

            using var owner = await Api.Shared.Anonymous().LoginAsync(person.Email, AccountLinks.NewPassword);
            if (act == "signs in" && acted.IsSuccessStatusCode)
            {
                await thief.KeepAsync(acted);
            }

            var left = await thief.OutcomeOfAsync(ApiClient.Me);
            if (!owner.IsSuccessStatusCode || left == "200")
            {
                losses.Add($"{act} {await acted.OutcomeAsync()}, owner {await owner.OutcomeAsync()}, thief {left}");
            }
        }

        Assert.That(losses, Is.Empty);
    }

    [Test]
    public async Task Of_two_changes_of_the_password_at_once_one_is_acknowledged()
    {
        List<string> losses = [];
        for (var i = 0; i < Tries; i++)
        {
            var client = await Api.Shared.SignedInAsync();
            string[] passwords = [AccountLinks.NewPassword, ThiefsPassword];
            var answers = await Task.WhenAll(
                passwords.Select(newPassword =>
                    Task.Run(() =>
                        client.PutAsync(
                            ApiClient.Password,
                            new { currentPassword = client.Person.Password, newPassword }
                        )
                    )
                )
            );
            var won = passwords.Where((_, n) => answers[n].IsSuccessStatusCode).ToList();
            using var login = await client.LoginAsync(client.Person.Email, won.FirstOrDefault() ?? "none");
            if (won.Count != 1 || !login.IsSuccessStatusCode)
            {
                losses.Add($"{won.Count} acknowledged, {await login.OutcomeAsync()}");
            }

            Array.ForEach(answers, answer => answer.Dispose());
        }

        Assert.That(losses, Is.Empty);
    }

    private static async Task<object> ResetAsync(ApiClient owner)
    {
        await using var scope = Api.Shared.Services.CreateAsyncScope();
        var token = await scope
            .ServiceProvider.GetRequiredService<IAccountTokens>()
            .IssueAsync(
                AccountTokenPurpose.ResetPassword,
                await owner.IdAsync(),
                owner.Person.Email,
                TimeProvider.System.GetUtcNow(),
                default
            );
        return new
        {
            email = owner.Person.Email,
            token,
            newPassword = AccountLinks.NewPassword,
        };
    }

    private static async Task<HttpResponseMessage> ActAsync(ApiClient thief, string act)
    {
        var password = thief.Person.Password;
        return act switch
        {
            "signs in" => await Api.Shared.Anonymous().LoginAsync(thief.Person.Email, password),
            "changes the password" => await thief.PutAsync(
                ApiClient.Password,
                new { currentPassword = password, newPassword = ThiefsPassword }
            ),
            "changes the address" => await thief.PutAsync(
                AccountLinks.Email,
                new { newEmail = $"thief-{Guid.NewGuid():N}@example.test", password }
            ),
            "deletes the account" => await thief.PostAsync(ApiClient.Deletion, new { password }),
            _ => await thief.PostAsync(AdminCalls.Export, new { password }),
        };
    }
}
