using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Identities;

namespace Fitnessify.Infrastructure.Tests.Identities;

public sealed class AppleGrantsTests : IAsyncDisposable
{
    private IdentityAdapters _adapters = null!;

    private IssuedGrants Apple => _adapters.Issuer.Grants!;

    [SetUp]
    public async Task Start() => _adapters = await IdentityAdapters.StartAsync("apple");

    public async ValueTask DisposeAsync() => await _adapters.DisposeAsync();

    [Test]
    public async Task A_code_is_exchanged_for_a_protected_grant_that_can_be_revoked()
    {
        var code = Apple.NewCode("android.app");

        var grant = await ExchangeAsync(code, clientId: "android.app");

        var exchanged = Apple.Exchanged.Single();
        Assert.That((exchanged.ClientId, exchanged.Code), Is.EqualTo(("android.app", code)));
        Assert.That(grant!.ClientId, Is.EqualTo("android.app"));
        Assert.That(grant.RefreshToken, Does.Not.Contain(exchanged.RefreshToken));
        Assert.That(await RevokeAsync(grant), Is.EqualTo(RevocationOutcome.Revoked));
        Assert.That(Apple.Revoked, Is.EqualTo([exchanged.RefreshToken]));
        Assert.That(Lines, Is.Empty);
    }

    [Test]
    public async Task A_grant_that_is_not_known_any_more_is_revoked()
    {
        var grant = await ExchangeAsync(Apple.NewCode());
        await RevokeAsync(grant!);

        Assert.That(await RevokeAsync(grant!), Is.EqualTo(RevocationOutcome.Revoked));
        Assert.That(Apple.Revoked, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_code_works_once()
    {
        var code = Apple.NewCode();
        await ExchangeAsync(code);

        Assert.That(await ExchangeAsync(code), Is.Null);
        Assert.That(Lines, Has.Exactly(1).Contains("400 invalid_grant"));
    }

    [Test]
    public async Task A_code_of_another_app_is_not_exchanged() =>
        Assert.That(await ExchangeAsync(Apple.NewCode("android.app"), clientId: "ios.app"), Is.Null);

    [TestCase("KeyId")]
    [TestCase("TeamId")]
    public async Task Apple_refuses_the_secret_of_wrong_settings(string setting)
    {
        await using var other = await IdentityAdapters.StartAsync("apple", (setting, "WRONG"));
        var code = other.Issuer.Grants!.NewCode();
        var grant = await ExchangeAsync(Apple.NewCode());

        Assert.That(await other.Grants.ExchangeAsync(Claims(), code, CancellationToken.None), Is.Null);
        Assert.That(
            await other.Grants.RevokeAsync("apple", grant!, CancellationToken.None),
            Is.EqualTo(RevocationOutcome.Failed)
        );
        Assert.That(other.Log.Of<AppleGrants>(), Has.Exactly(1).Contains("400 invalid_client"));
    }

    [Test]
    public async Task An_Apple_that_is_down_gives_no_grant_and_revokes_none()
    {
        var grant = await ExchangeAsync(Apple.NewCode());
        Apple.IsDown = true;

        Assert.That(await ExchangeAsync(Apple.NewCode()), Is.Null);
        Assert.That(await RevokeAsync(grant!), Is.EqualTo(RevocationOutcome.Failed));
        Assert.That(Lines, Has.Exactly(2).Contains("503"));

        Apple.IsDown = false;
        Assert.That(await RevokeAsync(grant!), Is.EqualTo(RevocationOutcome.Revoked));
    }

    [Test]
    public async Task A_closed_port_gives_no_grant_and_revokes_none()
    {
        var grant = await ExchangeAsync(Apple.NewCode());
        await _adapters.Issuer.DisposeAsync();

        Assert.That(await ExchangeAsync("code"), Is.Null);
        Assert.That(await RevokeAsync(grant!), Is.EqualTo(RevocationOutcome.Failed));
    }

    [Test]
    public async Task An_Apple_that_does_not_answer_is_given_up_after_a_while()
    {
        var grant = await ExchangeAsync(Apple.NewCode());

        Assert.That(await AtTheLimitAsync(() => ExchangeAsync(Apple.NewCode())), Is.Null);
        Assert.That(await AtTheLimitAsync(() => RevokeAsync(grant!)), Is.EqualTo(RevocationOutcome.Failed));
        Assert.That(Lines, Has.Exactly(2).Contains("no answer in time"));
    }

    [Test]
    public async Task A_client_that_hangs_up_ends_the_exchange()
    {
        using var hangUp = new CancellationTokenSource();
        var arrived = Hold();

        var exchange = _adapters.Grants.ExchangeAsync(Claims(), Apple.NewCode(), hangUp.Token);
        await arrived.Task;
        await hangUp.CancelAsync();

        Assert.That(async () => await exchange, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Other_providers_have_no_grants()
    {
        var claims = Claims() with { Provider = "google" };

        Assert.That(await _adapters.Grants.ExchangeAsync(claims, Apple.NewCode(), CancellationToken.None), Is.Null);
        Assert.That((Apple.Exchanged, Lines), Is.EqualTo((Array.Empty<ExchangedCode>(), Array.Empty<string>())));
    }

    [Test]
    public async Task Without_a_key_nothing_is_exchanged_and_nothing_revoked()
    {
        await using var other = await IdentityAdapters.StartAsync(
            "apple",
            ("KeyPath", null),
            ("KeyId", null),
            ("TeamId", "")
        );
        var code = other.Issuer.Grants!.NewCode();
        var grant = await ExchangeAsync(Apple.NewCode());

        Assert.That(await other.Grants.ExchangeAsync(Claims(), code, CancellationToken.None), Is.Null);
        Assert.That(
            await other.Grants.RevokeAsync("apple", grant!, CancellationToken.None),
            Is.EqualTo(RevocationOutcome.Failed)
        );
        Assert.That(other.Issuer.Grants.Secrets, Is.Empty);
    }

    [TestCase("")]
    [TestCase("CfDJ8A")]
    [TestCase("not base64!")]
    public async Task A_grant_that_cannot_be_unprotected_is_not_revoked(string token) =>
        Assert.That(await RevokeAsync(new IdentityGrant("ios.app", token)), Is.EqualTo(RevocationOutcome.Failed));

    [Test]
    public async Task No_secret_is_logged()
    {
        var code = Apple.NewCode();
        var grant = await ExchangeAsync(code);
        await ExchangeAsync(code);
        Apple.IsDown = true;
        await RevokeAsync(grant!);
        Apple.IsDown = false;
        await RevokeAsync(grant!);

        var log = string.Join('\n', _adapters.Log.Lines);
        string[] secrets =
        [
            code,
            grant!.RefreshToken,
            .. Apple.Secrets,
            .. Apple.Revoked,
            Apple.ClientKey.PrivatePem().Split('\n')[1],
        ];
        Assert.That(log, Is.Not.Empty);
        Assert.That(secrets, Has.Length.EqualTo(7));
        Assert.That(secrets.Where(log.Contains), Is.Empty);
    }

    private IEnumerable<string> Lines => _adapters.Log.Of<AppleGrants>();

    private IdentityClaims Claims(string clientId = "ios.app") =>
        new(
            "apple",
            _adapters.Issuer.Issuer,
            "alice",
            clientId,
            null,
            null,
            _adapters.Clock.Now(),
            "nonce",
            _adapters.Clock.Now()
        );

    private Task<IdentityGrant?> ExchangeAsync(string code, string clientId = "ios.app") =>
        _adapters.Grants.ExchangeAsync(Claims(clientId), code, CancellationToken.None);

    private Task<RevocationOutcome> RevokeAsync(IdentityGrant grant) =>
        _adapters.Grants.RevokeAsync("apple", grant, CancellationToken.None);

    private async Task<T> AtTheLimitAsync<T>(Func<Task<T>> call)
    {
        var arrived = Hold();
        var answer = call();
        await arrived.Task;
        _adapters.Clock.Advance(AppleGrants.TimeLimit);
        return await answer;
    }

    private TaskCompletionSource Hold()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Apple.BeforeAnswer = () =>
        {
            arrived.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        return arrived;
    }
}
