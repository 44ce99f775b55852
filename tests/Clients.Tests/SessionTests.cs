using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

public sealed class SessionTests
{
    private const string Refresh = "POST /api/v1/auth/refresh";
    private const string Me = "GET /api/v1/users/me";

    [Test]
    public async Task Parallel_calls_with_an_expired_token_cause_one_refresh()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var old = device.Tokens!;
        device.Line.Expire(old);
        var calls = Enumerable.Range(0, 20).Select(_ => Task.Run(() => device.Api.Users.GetMeAsync()));
        var users = await Task.WhenAll(calls);
        Assert.Multiple(() =>
        {
            Assert.That(users.Select(user => user.Id).Distinct().Count(), Is.EqualTo(1));
            Assert.That(device.Line.Count(Refresh), Is.EqualTo(1));
            Assert.That(device.Line.Count(Me), Is.EqualTo(20));
            Assert.That(device.Tokens!.AccessToken, Is.Not.EqualTo(old.AccessToken));
        });
    }

    [Test]
    public async Task A_call_that_learns_of_the_expiry_after_the_refresh_causes_no_second_one()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var old = device.Tokens!;
        var fresh = await device.Session.RefreshAsync(old);
        Assert.That(await device.Session.RefreshAsync(old), Is.SameAs(fresh));
        Assert.That(device.Line.Count(Refresh), Is.EqualTo(1));
    }

    [Test]
    public async Task A_lost_refresh_response_does_not_sign_the_user_out()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        device.Line.Expire(device.Tokens!);
        device.Line.Loses = call => call == Refresh && device.Line.Count(Refresh) == 1;
        await device.Api.Users.GetMeAsync();
        Assert.That(device.Line.Count(Refresh), Is.EqualTo(2));
        await device.Session.RefreshAsync();
        Assert.That(device.SignedOut, Is.Empty);
    }

    [Test]
    public async Task A_stolen_refresh_token_ends_the_session_once_with_a_typed_error()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var stolen = device.Tokens!;
        await device.Session.RefreshAsync();
        await device.Session.RefreshAsync();
        device.Tokens = stolen;
        device.Restart(SharedServer.Instance.Address);
        device.Line.Expire(stolen);
        Task[] calls = [device.Api.Users.GetMeAsync(), device.Api.Tasks.ListAsync()];
        foreach (var call in calls)
        {
            var signedOut = Assert.ThrowsAsync<SignedOutException>(() => call);
            Assert.That(signedOut!.Code, Is.EqualTo(ErrorCode.RefreshTokenReused));
        }

        Assert.That(device.SignedOut, Has.Count.EqualTo(1));
        Assert.That(device.Tokens, Is.Null);
    }

    [Test]
    public async Task A_call_that_learns_of_the_expiry_after_the_session_was_ended_gets_the_same_error()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var stolen = device.Tokens!;
        await device.Session.RefreshAsync();
        await device.Session.RefreshAsync();
        device.Tokens = stolen;
        device.Restart(SharedServer.Instance.Address);
        device.Line.Expire(stolen);
        var first = Assert.ThrowsAsync<SignedOutException>(() => device.Api.Users.GetMeAsync());
        var refreshes = device.Line.Count(Refresh);

        var late = Assert.ThrowsAsync<SignedOutException>(() => device.Session.RefreshAsync(stolen));

        Assert.That(late, Is.SameAs(first));
        Assert.That(device.Line.Count(Refresh), Is.EqualTo(refreshes));
        Assert.That(device.SignedOut, Is.EqualTo([first]));
    }

    [Test]
    public async Task Calls_that_learn_of_the_end_at_the_same_time_report_it_once()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        using var both = new Barrier(2);
        device.Line.Before = _ =>
        {
            both.SignalAndWait(TimeSpan.FromSeconds(30));
            return Line.Problem(401, "session_revoked");
        };

        Task[] calls =
        [
            Task.Run(() => device.Api.Users.GetMeAsync()),
            Task.Run(() => device.Api.Tasks.GetSummaryAsync()),
        ];

        foreach (var call in calls)
        {
            Assert.ThrowsAsync<SignedOutException>(() => call);
        }

        Assert.That(device.SignedOut, Has.Count.EqualTo(1));
        Assert.That(device.Tokens, Is.Null);
    }

    [Test]
    public async Task A_call_that_learns_of_the_expiry_after_a_sign_out_does_not_renew_the_session()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var old = device.Tokens!;
        device.Line.Before = _ => throw new HttpRequestException("offline");
        Assert.That(() => device.Session.SignOutAsync(), Throws.TypeOf<ConnectionException>());
        device.Line.Before = _ => null;

        var late = Assert.ThrowsAsync<SignedOutException>(() => device.Session.RefreshAsync(old))!;

        Assert.That(
            (late.Code, late.CodeText, late.Status),
            Is.EqualTo((ErrorCode.RefreshTokenInvalid, "refresh_token_invalid", 401))
        );
        Assert.That(device.Line.Count(Refresh), Is.Zero);
        Assert.That(device.SignedOut, Is.Empty);
    }

    [Test]
    public async Task A_call_of_a_former_session_is_not_repeated_with_the_tokens_of_another_one()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var former = device.Tokens!;
        var other = await Device.SignUpAsync(SharedServer.Instance);
        device.Tokens = other.Tokens;

        Assert.That(() => device.Session.RefreshAsync(former), Throws.TypeOf<SignedOutException>());
        Assert.That(device.Line.Count(Refresh), Is.Zero);

        Task? late = null;
        device.Line.Before = call =>
        {
            late ??= call == Refresh ? device.Session.RefreshAsync(former) : null;
            return null;
        };
        var fresh = await device.Session.RefreshAsync();
        Assert.That(() => late!, Throws.TypeOf<SignedOutException>());
        Assert.That(device.Tokens, Is.SameAs(fresh));
        Assert.That(device.SignedOut, Is.Empty);
    }

    [Test]
    public async Task A_session_that_was_ended_elsewhere_ends_in_the_client()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        using var other = new FitnessifySession(SharedServer.Instance.Address);
        await other.SignInAsync((await device.Api.Users.GetMeAsync()).Username, Server.Password);
        await other.Api.Sessions.EndAsync(device.Tokens!.SessionId);
        Assert.That(() => device.Api.Users.GetMeAsync(), Throws.TypeOf<SignedOutException>());
        Assert.That(device.SignedOut.Single().Code, Is.EqualTo(ErrorCode.SessionRevoked));
        Assert.That(device.Tokens, Is.Null);
    }

    [Test]
    public async Task A_call_under_way_at_a_sign_out_that_does_not_reach_the_server_ends_with_it()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        device.Line.Expire(device.Tokens!);
        Task? signingOut = null;
        device.Line.Before = call =>
        {
            if (call == "POST /api/v1/auth/logout")
            {
                throw new HttpRequestException("offline");
            }

            if (call == Refresh)
            {
                signingOut ??= device.Session.SignOutAsync();
            }

            return null;
        };

        Assert.That(
            () => device.Api.Tasks.CreateAsync(new TaskInput { Title = "Late" }),
            Throws.TypeOf<SignedOutException>()
        );

        Assert.That(() => signingOut!, Throws.TypeOf<ConnectionException>());
        Assert.That(device.Line.Count("POST /api/v1/tasks"), Is.Zero);
        Assert.That(device.Tokens, Is.Null);
    }

    [Test]
    public async Task A_sign_out_during_a_refresh_stays_in_effect()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        Task? signingOut = null;
        device.Line.Before = call =>
        {
            signingOut ??= call == Refresh ? device.Session.SignOutAsync() : null;
            return null;
        };
        try
        {
            await device.Session.RefreshAsync();
        }
        catch (FitnessifyException refusal)
        {
            Assert.That(
                refusal.Code,
                Is.EqualTo(ErrorCode.RefreshTokenInvalid),
                "The server has ended the session first."
            );
        }

        await signingOut!;
        Assert.That(device.Tokens, Is.Null);
        Assert.That(
            () => device.Api.Users.GetMeAsync(),
            Throws.TypeOf<FitnessifyException>().With.Property("Code").EqualTo(ErrorCode.Unauthenticated)
        );
    }

    [Test]
    public async Task A_repeated_sign_in_sends_the_device_token()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var former = device.Tokens!.RefreshToken;
        var name = (await device.Api.Users.GetMeAsync()).Username;

        await device.Session.SignInAsync(name, Server.Password, "Phone");
        Assert.That(device.Line.Body("POST /api/v1/auth/login"), Does.Contain($"\"deviceToken\":\"{former}\""));

        await device.Session.SignOutAsync();
        await device.Session.SignInAsync(name, Server.Password, "Phone");
        Assert.That(device.Line.Body("POST /api/v1/auth/login"), Does.Not.Contain("deviceToken"));
    }

    [Test]
    public async Task A_required_second_factor_is_reported_with_the_way_to_continue()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        device.Line.Before = _ =>
            Line.Problem(401, "mfa_required", members: ""","challengeToken":"half","methods":["totp"]""");
        var required = Assert.ThrowsAsync<MfaRequiredException>(() =>
            device.Session.SignInAsync("ann", Server.Password)
        );
        Assert.That(required!.ChallengeToken, Is.EqualTo("half"));
        Assert.That(required.Methods, Is.EqualTo((string[])["totp"]));
        device.Line.Before = _ => null;
        var fresh = await device.Session.SignInWithAsync(_ => device.Session.RefreshAsync());
        Assert.That(device.Tokens, Is.SameAs(fresh));
    }
}
