using System.Globalization;
using System.Text.Json;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Testing;

/// <summary>Calls of the tests of the second factor.</summary>
internal static class MfaCalls
{
    public const string Mfa = "/api/v1/users/me/mfa";
    public const string Enrol = "/api/v1/users/me/mfa/totp";
    public const string Confirm = "/api/v1/users/me/mfa/totp/confirm";
    public const string RecoveryCodes = "/api/v1/users/me/mfa/recovery-codes";
    public const string Disable = "/api/v1/users/me/mfa/disable";
    public const string Verify = "/api/v1/auth/login/mfa";

    /// <summary>Sets up an app without confirming it.</summary>
    public static async Task<Authenticator> EnrolledAsync(this ApiClient client, TimeProvider clock)
    {
        using var response = await client.PostAsync(Enrol, new { password = client.Person.Password });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        return new Authenticator((await response.JsonAsync()).Text("secret"), clock);
    }

    /// <summary>Sets up and confirms an app, and returns its recovery codes.</summary>
    public static async Task<(Authenticator App, string[] RecoveryCodes)> EnabledAsync(
        this ApiClient client,
        TimeProvider clock
    )
    {
        var app = await client.EnrolledAsync(clock);
        using var response = await client.PostAsync(Confirm, new { code = app.Code() });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        return (app, [.. (await response.JsonAsync()).Texts("recoveryCodes")]);
    }

    /// <summary>Executes the first step of a sign-in.</summary>
    public static async Task<JsonElement> RequireMfaAsync(this ApiClient client, Person person, string? device = null)
    {
        using var response = await client.LoginAsync(person.Username, person.Password, device);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 mfa_required"));
        return await response.JsonAsync();
    }

    /// <summary>Executes the first step of a sign-in and returns the challenge token.</summary>
    public static async Task<string> ChallengeTokenAsync(this ApiClient client, Person person, string? device = null) =>
        (await client.RequireMfaAsync(person, device)).Text("challengeToken");

    /// <summary>Executes the second step of a sign-in.</summary>
    public static Task<HttpResponseMessage> VerifyAsync(
        this ApiClient client,
        string challengeToken,
        string? code = null,
        string? recoveryCode = null
    ) =>
        client.PostAsync(
            Verify,
            new
            {
                challengeToken,
                code,
                recoveryCode,
            }
        );

    /// <summary>Executes the second step of a sign-in and returns the outcome.</summary>
    public static async Task<string> OutcomeOfVerifyAsync(
        this ApiClient client,
        string challengeToken,
        string? code = null,
        string? recoveryCode = null
    )
    {
        using var response = await client.VerifyAsync(challengeToken, code, recoveryCode);
        return await response.OutcomeAsync();
    }
}

/// <summary>An authenticator app.</summary>
/// <param name="secret">The secret as the user has entered it.</param>
/// <param name="clock">The clock of the phone.</param>
internal sealed class Authenticator(string secret, TimeProvider clock)
{
    private readonly byte[] _seed = Decode(secret);

    public string Secret => secret;

    /// <summary>Returns the current code, or that of a later step.</summary>
    public string Code(int stepsAhead = 0) => Totp.CodeAt(_seed, Totp.StepAt(clock.GetUtcNow()) + stepsAhead);

    /// <summary>Returns a code that is not valid now, recently or soon.</summary>
    public string WrongCode() =>
        Enumerable
            .Range(100_000, 100)
            .Select(number => number.ToString(CultureInfo.InvariantCulture))
            .Except(Enumerable.Range(-5, 11).Select(Code))
            .First();

    private static byte[] Decode(string base32)
    {
        var bits = string.Concat(
            base32.Select(letter =>
                "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter).ToString("b5", CultureInfo.InvariantCulture)
            )
        );
        return
        [
            .. bits.Chunk(8).Where(bytes => bytes.Length == 8).Select(bytes => Convert.ToByte(new string(bytes), 2)),
        ];
    }
}
