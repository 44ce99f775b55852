using System.Globalization;
using System.Text.Json;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Testing;

/// <summary>What the tests of the second factor ask for again and again.</summary>
internal static class MfaCalls
{
    public const string Mfa = "/api/v1/users/me/mfa";
    public const string Enrol = "/api/v1/users/me/mfa/totp";
    public const string Confirm = "/api/v1/users/me/mfa/totp/confirm";
    public const string RecoveryCodes = "/api/v1/users/me/mfa/recovery-codes";
    public const string Disable = "/api/v1/users/me/mfa/disable";
    public const string Verify = "/api/v1/auth/login/mfa";

    /// <summary>Sets up an app that is not confirmed yet.</summary>
    public static async Task<Authenticator> EnrolledAsync(this ApiClient client, TimeProvider clock)
    {
        using var answer = await client.PostAsync(Enrol, new { password = client.Person.Password });
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        return new Authenticator((await answer.JsonAsync()).Text("secret"), clock);
    }

    /// <summary>Sets up an app and confirms it, with what is shown then.</summary>
    public static async Task<(Authenticator App, string[] RecoveryCodes)> EnabledAsync(
        this ApiClient client,
        TimeProvider clock
    )
    {
        var app = await client.EnrolledAsync(clock);
        using var answer = await client.PostAsync(Confirm, new { code = app.Code() });
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        return (app, [.. (await answer.JsonAsync()).Texts("recoveryCodes")]);
    }

    /// <summary>The first step of a sign-in.</summary>
    public static async Task<JsonElement> AskedAsync(this ApiClient client, Person person, string? device = null)
    {
        using var answer = await client.LoginAsync(person.Username, person.Password, device);
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("401 mfa_required"));
        return await answer.JsonAsync();
    }

    /// <summary>The same, with no more of the answer than the second step needs.</summary>
    public static async Task<string> ChallengeTokenAsync(this ApiClient client, Person person, string? device = null) =>
        (await client.AskedAsync(person, device)).Text("challengeToken");

    /// <summary>The second step of a sign-in.</summary>
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

    /// <summary>The same, with what came of it.</summary>
    public static async Task<string> OutcomeOfVerifyAsync(
        this ApiClient client,
        string challengeToken,
        string? code = null,
        string? recoveryCode = null
    )
    {
        using var answer = await client.VerifyAsync(challengeToken, code, recoveryCode);
        return await answer.OutcomeAsync();
    }
}

/// <summary>An authenticator app.</summary>
/// <param name="secret">As the user has typed it.</param>
/// <param name="clock">That of the phone.</param>
internal sealed class Authenticator(string secret, TimeProvider clock)
{
    private readonly byte[] _seed = Decode(secret);

    public string Secret => secret;

    /// <summary>What it shows now, or some steps later.</summary>
    public string Code(int stepsAhead = 0) => Totp.CodeAt(_seed, Totp.StepAt(clock.GetUtcNow()) + stepsAhead);

    /// <summary>Something that it does not show now, nor did or will soon.</summary>
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
