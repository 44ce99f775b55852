using Fitnessify.Application.Identities;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Identities;

public sealed class ReceiveAppleNotificationTests
{
    private readonly string _subject = IdentityCalls.NewSubject();

    [Test]
    public async Task A_withdrawn_consent_ends_the_identity_and_its_sessions()
    {
        var client = Api.Shared.Anonymous();
        await client.SignUpByIdentityAsync(Api.Apple, _subject);
        var payload = Api.Apple.EventPayload("consent-revoked", _subject, DateTimeOffset.UtcNow.AddSeconds(1));

        using var received = await Api.Shared.Anonymous().PostAsync(IdentityCalls.AppleNotifications, new { payload });
        using var again = await Api.Shared.Anonymous().PostAsync(IdentityCalls.AppleNotifications, new { payload });

        Assert.That(await received.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("200"));
        using var ended = await client.GetAsync(ApiClient.Me);
        Assert.That(await ended.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
    }

    [Test]
    public async Task Events_of_strangers_are_refused()
    {
        var payload = Api.Google.Token(_subject, "nonce");

        using var received = await Api.Shared.Anonymous().PostAsync(IdentityCalls.AppleNotifications, new { payload });

        Assert.That(await received.OutcomeAsync(), Is.EqualTo("401 identity_token_invalid"));
    }

    [Test]
    public async Task A_deleted_account_is_revoked_at_Apple_also_when_Apple_was_down()
    {
        var clock = new ServerClock();
        await using var apple = await TestIssuer.StartAsync("apple", clock);
        await using var api = Api.Start(new(apple.Settings), clock: clock);
        var (client, grants) = (api.Anonymous(), apple.Grants!);
        using var signedUp = await client.LoginIdentityAsync(apple.Proof(_subject), grants.NewCode());
        await client.KeepAsync(signedUp);
        using var reauthenticated = await client.ReauthenticateAsync(apple.Proof(_subject));
        grants.IsDown = true;

        using var deleted = await client.PostAsync(ApiClient.Deletion);
        await RevokeAsync(api);
        Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(grants.Revoked, Is.Empty);

        clock.Advance(TimeSpan.FromDays(1));
        grants.IsDown = false;
        await RevokeAsync(api);

        // The job of the server may have taken it at this very moment.
        Assert.That(
            () => grants.Revoked,
            Is.EqualTo(grants.Exchanged.Select(code => code.RefreshToken)).After(10_000, 20)
        );
        Assert.That(grants.Revoked, Has.Count.EqualTo(1));
    }

    private static async Task RevokeAsync(Api api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RevokeIdentitiesCommand());
    }
}
