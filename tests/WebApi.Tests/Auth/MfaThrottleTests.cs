using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>Ten wrong codes are allowed in fifteen minutes; whoever enters them knows the password.</summary>
public sealed class MfaThrottleTests : IAsyncDisposable
{
    private readonly ServerClock _clock = new();
    private Api _api = null!;
    private ApiClient _client = null!;
    private Authenticator _app = null!;
    private string[] _codes = null!;

    [SetUp]
    public async Task Start()
    {
        _api = Api.Rent(_clock);
        _client = await _api.ConfirmedAsync();
        (_app, _codes) = await _client.EnabledAsync(_clock);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Test]
    public async Task Refuses_the_eleventh_attempt_even_with_a_new_challenge_token()
    {
        await FailAsync(5);
        await FailAsync(5);
        var challengeToken = await _client.ChallengeTokenAsync(_client.Person);

        using var response = await _client.VerifyAsync(challengeToken, _app.Code(1));

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("429 too_many_attempts"));
        Assert.That(response.Header("Retry-After"), Is.EqualTo("900"));
        Assert.That(
            await _client.OutcomeOfVerifyAsync(challengeToken, recoveryCode: _codes[0]),
            Is.EqualTo("429 too_many_attempts")
        );
        Assert.That(await _client.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("200"));
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.That(await SignInAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_correct_code_clears_the_wrong_ones()
    {
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(9);
            Assert.That(await SignInAsync(), Is.EqualTo("200"));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Test]
    public async Task Counts_wrong_recovery_codes_too()
    {
        var challengeToken = await _client.ChallengeTokenAsync(_client.Person);
        for (var i = 0; i < 10; i++)
        {
            Assert.That(
                await _client.OutcomeOfVerifyAsync(challengeToken, recoveryCode: "zzzzz-zzzzz"),
                Is.EqualTo("401 mfa_code_invalid")
            );
        }

        Assert.That(await SignInAsync(), Is.EqualTo("429 too_many_attempts"));
    }

    [TestCase("unlock")]
    [TestCase("reset-mfa")]
    public async Task An_admin_can_lift_the_limit(string act)
    {
        await FailAsync(10);
        var admin = await _api.SignedInAsAsync(Roles.Admin);

        Assert.That(await admin.ActAsync(act, await _client.IdAsync()), Is.EqualTo("204"));

        if (act == "reset-mfa")
        {
            (_app, _) = await _client.EnabledAsync(_clock);
        }

        Assert.That(await SignInAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_password_reset_does_not_lift_the_limit()
    {
        await FailAsync(10);

        Assert.That(await _api.ResetAsync(await _api.ForgottenAsync(_client.Person.Email)), Is.EqualTo("204"));

        var challengeToken = await _client.ChallengeTokenAsync(
            _client.Person with
            {
                Password = AccountLinks.NewPassword,
            }
        );
        Assert.That(
            await _client.OutcomeOfVerifyAsync(challengeToken, _app.Code(1)),
            Is.EqualTo("429 too_many_attempts")
        );
    }

    [Test]
    public async Task Parallel_guesses_cannot_exceed_the_limit()
    {
        var challengeToken = await _client.ChallengeTokenAsync(_client.Person);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => _client.OutcomeOfVerifyAsync(challengeToken, _app.WrongCode()))
        );

        Assert.That(
            outcomes.Order(),
            Is.EqualTo(
                (string[])
                    [
                        .. Enumerable.Repeat("401 mfa_code_invalid", 10),
                        .. Enumerable.Repeat("429 too_many_attempts", 20),
                    ]
            )
        );
    }

    [Test]
    public async Task A_caller_without_the_password_cannot_use_up_the_attempts()
    {
        var id = await _client.IdAsync();
        foreach (var login in (string[])[$"mfa:{id}", $"mfa{id}", Credentials.MfaIdentifierOf(id)])
        {
            for (var i = 0; i < 11; i++)
            {
                using var response = await _api.Anonymous().LoginAsync(login, "Wrong-Kettle-93-Umbrella");
            }
        }

        Assert.That(await SignInAsync(), Is.EqualTo("200"));
    }

    private async Task<string> SignInAsync() =>
        await _client.OutcomeOfVerifyAsync(await _client.ChallengeTokenAsync(_client.Person), _app.Code(1));

    /// <summary>Enters codes with one challenge token.</summary>
    private async Task FailAsync(int times)
    {
        var challengeToken = await _client.ChallengeTokenAsync(_client.Person);
        for (var i = 0; i < times; i++)
        {
            Assert.That(
                await _client.OutcomeOfVerifyAsync(challengeToken, _app.WrongCode()),
                Is.EqualTo("401 mfa_code_invalid"),
                $"{i}"
            );
        }
    }
}
