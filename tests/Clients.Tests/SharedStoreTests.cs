using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>Sessions over one store, as those of two processes of an app, and what they report of their state.</summary>
public sealed class SharedStoreTests
{
    private const string Refresh = "POST /api/v1/auth/refresh";

    private static readonly string Address = SharedServer.Instance.Address;

    [Test]
    public async Task The_store_is_read_once_while_the_tokens_are_valid()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var store = new CountingStore(device);
        using var session = NewSession(device, store);
        for (var count = 0; count < 5; count++)
        {
            await session.Api.Users.GetMeAsync();
        }

        Assert.That(store.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task A_session_uses_the_tokens_that_another_one_has_refreshed()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        using var other = NewSession(device, device);
        await other.Api.Users.GetMeAsync();
        var old = device.Tokens!;
        var fresh = await device.Session.RefreshAsync();

        device.Line.Expire(old);
        await other.Api.Users.GetMeAsync();

        Assert.That(device.Line.Count(Refresh), Is.EqualTo(1));
        Assert.That(device.Tokens, Is.SameAs(fresh));
        Assert.That(
            device.States.Select(state => (state.Type, state.SessionId)),
            Is.EqualTo([
                (SessionStateType.SignedIn, old.SessionId),
                (SessionStateType.Refreshed, old.SessionId),
                (SessionStateType.Refreshed, old.SessionId),
            ])
        );
    }

    [Test]
    public async Task A_session_does_not_clear_the_tokens_of_a_newer_one()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        using var other = NewSession(device, device);
        var name = (await other.Api.Users.GetMeAsync()).Username;
        await device.Session.SignOutAsync();
        var tokens = await device.Session.SignInAsync(name, Server.Password);

        Assert.That(() => other.Api.Users.GetMeAsync(), Throws.TypeOf<SignedOutException>());

        Assert.That(device.Tokens, Is.SameAs(tokens));
        Assert.That((await other.Api.Users.GetMeAsync()).Username, Is.EqualTo(name));
        Assert.That(device.SignedOut, Is.Empty);
    }

    [Test]
    public async Task A_sign_out_in_another_session_is_reported_without_a_refresh()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        using var other = NewSession(device, device);
        await other.Api.Users.GetMeAsync();
        var old = device.Tokens!;
        device.Line.Before = _ => throw new HttpRequestException("offline");
        Assert.That(() => device.Session.SignOutAsync(), Throws.TypeOf<ConnectionException>());
        device.Line.Before = _ => null;
        device.States.Clear();

        device.Line.Expire(old);
        Assert.That(() => other.Api.Users.GetMeAsync(), Throws.TypeOf<SignedOutException>());

        Assert.That(device.Line.Count(Refresh), Is.Zero);
        var state = device.States.Single();
        Assert.That(
            (state.Type, state.SessionId, state.Reason),
            Is.EqualTo((SessionStateType.SignedOut, old.SessionId, (SignedOutException?)null))
        );
    }

    [Test]
    public async Task Each_change_of_the_state_is_reported_in_its_order_with_its_reason()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var name = (await device.Api.Users.GetMeAsync()).Username;
        await device.Session.RefreshAsync();
        await device.Session.SignOutAsync();
        await device.Session.SignInAsync(name, Server.Password);
        device.Line.Before = _ => Line.Problem(401, "session_revoked");
        Assert.That(() => device.Api.Users.GetMeAsync(), Throws.TypeOf<SignedOutException>());

        Assert.That(
            device.States.Select(state => (state.Type, state.Reason?.Code)),
            Is.EqualTo([
                (SessionStateType.SignedIn, (ErrorCode?)null),
                (SessionStateType.Refreshed, null),
                (SessionStateType.SignedOut, null),
                (SessionStateType.SignedIn, null),
                (SessionStateType.SignedOut, ErrorCode.SessionRevoked),
            ])
        );
    }

    [Test]
    public async Task What_the_callback_throws_neither_fails_the_call_nor_loses_the_tokens()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var options = device.Options();
        options.OnStateChanged = _ => throw new InvalidOperationException("The page is closed.");
        using var session = new FitnessifySession(Address, options);
        device.Line.Expire(device.Tokens!);

        await session.Api.Users.GetMeAsync();

        var fresh = await session.RefreshAsync();
        Assert.That(device.Tokens, Is.SameAs(fresh));
        await session.SignOutAsync();
        Assert.That(device.Tokens, Is.Null);
    }

    [Test]
    public async Task The_callback_can_use_the_session()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var options = device.Options();
        FitnessifySession session = null!;
        Task<UserDto>? loading = null;
        options.OnStateChanged = _ => loading = session.Api.Users.GetMeAsync();
        session = new FitnessifySession(Address, options);
        using var _ = session;

        await session.RefreshAsync();

        Assert.That((await loading!).Id, Is.EqualTo((await session.Api.Users.GetMeAsync()).Id));
    }

    [Test]
    public async Task The_callback_can_wait_for_calls_that_change_the_tokens_again_and_learns_of_that_afterwards()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var options = device.Options();
        FitnessifySession session = null!;
        List<string> steps = [];
        options.OnStateChanged = state =>
        {
            steps.Add($"{state.Type} begins");
            var call =
                state.Type == SessionStateType.SignedOut ? Task.CompletedTask
                : steps.Count == 1 ? session.RefreshAsync()
                : session.SignOutAsync();
            steps.Add($"{state.Type} {(call.Wait(TimeSpan.FromSeconds(10)) ? "ends" : "waits forever")}");
        };
        session = new FitnessifySession(Address, options);
        using var _ = session;

        await session.RefreshAsync();

        string[] expected = ["Refreshed begins", "Refreshed ends", "Refreshed begins", "Refreshed ends"];
        Assert.That(steps, Is.EqualTo([.. expected, "SignedOut begins", "SignedOut ends"]));
    }

    [Test]
    public async Task A_canceled_wait_for_a_refresh_ends_at_once_and_others_still_get_the_tokens()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        using var cancelling = new CancellationTokenSource();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var resume = new ManualResetEventSlim();
        device.Line.Before = _ =>
        {
            reached.TrySetResult();
            resume.Wait(TimeSpan.FromSeconds(30));
            return null;
        };
        var canceled = Task.Run(() => device.Session.RefreshAsync(cancellationToken: cancelling.Token));
        await reached.Task;
        var other = device.Session.RefreshAsync();

        await cancelling.CancelAsync();

        Assert.That(async () => await canceled, Throws.InstanceOf<OperationCanceledException>());
        resume.Set();
        var fresh = await other;
        Assert.That(device.Tokens, Is.SameAs(fresh));
        Assert.That(device.Line.Count(Refresh), Is.EqualTo(1));
    }

    [Test]
    public async Task Methods_of_a_session_end_when_they_are_canceled()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var canceled = new CancellationToken(canceled: true);
        var identity = new LoginIdentityCommand
        {
            Provider = "google",
            IdToken = "a.b.c",
            Nonce = "n",
        };
        Func<Task>[] methods =
        [
            () => device.Session.SignInAsync("ann", "", cancellationToken: canceled),
            () => device.Session.SignInWithAsync(api => api.Auth.LoginAsync(new()), canceled),
            () => device.Session.SignInWithIdentityAsync(identity, null, canceled),
            () => device.Session.RefreshAsync(cancellationToken: canceled),
            () => device.Session.CreateTaskAsync(new() { Title = "Late" }, cancellationToken: canceled),
            () => device.Session.SignOutAsync(canceled),
        ];
        foreach (var method in methods)
        {
            Assert.That(() => method(), Throws.InstanceOf<OperationCanceledException>());
        }

        Assert.That(device.Tokens, Is.Null, "The sign-out deletes the tokens all the same.");
        Assert.That(
            () => device.Session.StartAsGuestAsync(cancellationToken: canceled),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    private static FitnessifySession NewSession(Device device, ITokenStore store)
    {
        var options = device.Options();
        options.Tokens = store;
        return new FitnessifySession(Address, options);
    }

    private sealed class CountingStore(ITokenStore store) : ITokenStore
    {
        public int Reads { get; private set; }

        public Task<TokensDto?> GetAsync(CancellationToken cancellationToken)
        {
            Reads++;
            return store.GetAsync(cancellationToken);
        }

        public Task SetAsync(TokensDto tokens, CancellationToken cancellationToken) =>
            store.SetAsync(tokens, cancellationToken);

        public Task ClearAsync(CancellationToken cancellationToken) => store.ClearAsync(cancellationToken);
    }
}
