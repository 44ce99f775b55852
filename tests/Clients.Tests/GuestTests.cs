using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>People who begin without an account, and what becomes of their tasks.</summary>
public sealed class GuestTests
{
    private const string Start = "POST /api/v1/auth/guest";
    private const string Login = "POST /api/v1/auth/login";
    private const int MaxTasks = 10;

    private readonly List<App> _apps = [];
    private Issuer _issuer = null!;
    private Server _server = null!;

    [OneTimeSetUp]
    public async Task StartServerAsync()
    {
        _issuer = await Issuer.StartAsync();
        var settings = new Dictionary<string, string>(_issuer.Settings)
        {
            ["Accounts__Guests"] = "true",
            ["Tasks__MaxPerUser"] = $"{MaxTasks}",
        };
        _server = await Server.StartAsync(settings);
    }

    [OneTimeTearDown]
    public async Task StopServerAsync()
    {
        await _server.DisposeAsync();
        _issuer.Dispose();
    }

    [TearDown]
    public void CloseApps()
    {
        _apps.ForEach(app => app.Session.Dispose());
        _apps.Clear();
    }

    [Test]
    public async Task Tasks_that_were_made_offline_are_sent_under_their_ids_once_the_guest_has_started()
    {
        var device = Device.Create(_server.Address);
        using var session = device.Session;
        var isOffline = true;
        device.Line.Before = _ => isOffline ? throw new HttpRequestException("offline") : null;
        Assert.ThrowsAsync<ConnectionException>(() => session.StartAsGuestAsync());
        Assert.That(device.Tokens, Is.Null);
        var waiting = new Dictionary<Guid, string> { [Guid.NewGuid()] = "Buy milk", [Guid.NewGuid()] = "Run" };

        isOffline = false;
        var tokens = await session.StartAsGuestAsync("Phone", "de", "Europe/Berlin");
        foreach (var (id, title) in waiting)
        {
            await session.CreateTaskAsync(new() { Title = title }, id);
        }

        Assert.That(device.Tokens, Is.SameAs(tokens));
        var me = await session.Api.Users.GetMeAsync();
        Assert.That((me.Kind, me.Email), Is.EqualTo((AccountKind.Guest, (string?)null)));
        Assert.That((me.Locale, me.TimeZone), Is.EqualTo(("de", "Europe/Berlin")));
        var stored = (await session.Api.Tasks.ListAsync()).Items;
        Assert.That(stored.ToDictionary(task => task.Id, task => task.Title), Is.EquivalentTo(waiting));
        Assert.That((await session.Api.Sessions.ListAsync()).Items.Single().Device, Is.EqualTo("Phone"));
    }

    [Test]
    public async Task A_start_goes_on_when_the_server_can_be_reached_again()
    {
        var device = Device.Create(_server.Address);
        using var session = device.Session;
        var failures = 2;
        device.Line.Before = _ => failures-- > 0 ? throw new HttpRequestException("offline") : null;
        await session.StartAsGuestAsync();
        Assert.That(device.Line.Count(Start), Is.EqualTo(1));
        Assert.That((await session.Api.Users.GetMeAsync()).Kind, Is.EqualTo(AccountKind.Guest));
    }

    [Test]
    public async Task A_start_whose_answers_get_lost_creates_one_guest()
    {
        var before = await CountGuestsAsync();
        var device = Device.Create(_server.Address);
        using var session = device.Session;
        device.Line.Loses = call => call == Start && device.Line.Count(Start) <= 2;
        await session.StartAsGuestAsync();
        Assert.That(device.Line.Count(Start), Is.EqualTo(3));
        Assert.That((await session.Api.Users.GetMeAsync()).Kind, Is.EqualTo(AccountKind.Guest));
        Assert.That(await CountGuestsAsync(), Is.EqualTo(before + 1));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task An_app_that_repeats_its_key_over_an_unreliable_connection_becomes_one_guest(int seed)
    {
        var before = await CountGuestsAsync();
        await using var proxy = new FaultyProxy(_server.Address, seed);
        var device = Device.Create(proxy.Address);
        using var session = device.WithShortTimeouts(proxy.Address, options => options.MaxAttempts = 1);
        var key = Guid.NewGuid();
        for (var attempts = 0; device.Tokens is null && attempts < 100; attempts++)
        {
            try
            {
                await session.StartAsGuestAsync(key: key);
            }
            catch (Exception failure) when (failure is ConnectionException or FitnessifyException)
            {
                // The next attempt has the same key.
            }
        }

        proxy.IsFaulty = false;
        Assert.That((await session.Api.Users.GetMeAsync()).Kind, Is.EqualTo(AccountKind.Guest));
        Assert.That(await CountGuestsAsync(), Is.EqualTo(before + 1));
    }

    [Test]
    public async Task A_key_whose_tokens_were_used_makes_another_guest()
    {
        var key = Guid.NewGuid();
        using var session = new FitnessifySession(_server.Address);
        await session.StartAsGuestAsync(key: key);
        var guest = await session.Api.Users.GetMeAsync();
        using var thief = new FitnessifySession(_server.Address);
        await thief.StartAsGuestAsync(key: key);
        Assert.That((await thief.Api.Users.GetMeAsync()).Id, Is.Not.EqualTo(guest.Id));
    }

    [Test]
    public async Task Starts_at_the_same_time_and_later_ones_are_one_guest()
    {
        var device = Device.Create(_server.Address);
        using var session = device.Session;
        var starts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => session.StartAsGuestAsync()));
        var later = await session.StartAsGuestAsync();
        Assert.That(starts, Is.All.SameAs(later));
        Assert.That(device.Line.Count(Start), Is.EqualTo(1));
    }

    [Test]
    public async Task A_sign_in_during_the_start_wins()
    {
        var member = await NewMemberAsync();
        var device = Device.Create(_server.Address);
        using var session = device.Session;
        using var isSignedIn = new SemaphoreSlim(0);
        device.Line.Loses = call =>
        {
            // The answer is not lost but waits for the sign-in.
            if (call == Start)
            {
                isSignedIn.Wait();
            }

            return false;
        };
        var starting = session.StartAsGuestAsync();
        await device.Line.ReachesServerAsync(Start);
        var signedIn = await session.SignInAsync(member.Username, Server.Password);
        isSignedIn.Release();
        Assert.That(await starting, Is.SameAs(signedIn));
        Assert.That(device.Tokens, Is.SameAs(signedIn));
    }

    [Test]
    public async Task A_guest_who_registers_keeps_the_id_the_session_the_versions_and_the_sync_token()
    {
        var guest = await NewGuestAsync();
        var (tokens, id) = (guest.Device.Tokens, (await guest.Api.Users.GetMeAsync()).Id);
        var username = Server.NewName();
        var registration = new RegisterGuestCommand { Username = username, Email = $"{username}@example.com" };
        registration.Password = Server.Password;
        var member = await guest.Api.Guests.RegisterAsync(registration);
        Assert.That((member.Id, member.Kind, member.Username), Is.EqualTo((id, AccountKind.Member, username)));
        Assert.That(guest.Device.Tokens, Is.SameAs(tokens));
        Assert.That((await guest.Api.Tasks.GetAsync(guest.Task.Id)).Version, Is.EqualTo(guest.Task.Version));
        Assert.That((await guest.Api.Changes.ListAsync(guest.Since)).Items, Is.Empty);

        var tablet = NewApp(Device.Create(_server.Address));
        await tablet.Session.SignInAsync(username, Server.Password);
        await tablet.PullAsync();
        Assert.That(tablet.Versions, Is.EquivalentTo(guest.Versions));
        var refusal = Assert.ThrowsAsync<FitnessifyException>(() => guest.Api.Guests.RegisterAsync(registration))!;
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.StateConflict));
    }

    [Test]
    public async Task A_sign_in_merges_the_guest_and_sync_converges_on_both_devices()
    {
        var member = await NewMemberAsync();
        var guest = await NewGuestAsync();
        var former = guest.Since;
        Assert.That((await guest.SignInAsync(member)).GuestMerged, Is.True);
        var invalid = Assert.ThrowsAsync<FitnessifyException>(() => guest.Api.Changes.ListAsync(former))!;
        Assert.That(invalid.Code, Is.EqualTo(ErrorCode.InvalidSyncToken));
        // What got no answer can be sent again: the id is still that of the task.
        var known = Assert.ThrowsAsync<FitnessifyException>(() =>
            guest.Session.CreateTaskAsync(new() { Title = "Once more" }, guest.Task.Id)
        )!;
        Assert.That(known.Current<TaskDto>()!.Version, Is.GreaterThan(guest.Task.Version));
        await AssertConvergedAsync(guest, member);

        var created = await guest.Session.CreateTaskAsync(new() { Title = "After the merge" });
        await member.PullAsync();
        Assert.That(member.Versions, Contains.Key(created.Id));
    }

    [Test]
    public async Task The_guest_is_merged_through_MFA_even_when_its_tokens_are_renewed_in_between()
    {
        var member = await NewMemberAsync();
        var enrolment = await member.Api.Mfa.EnrolTotpAsync(new() { Password = Server.Password });
        await member.Api.Mfa.ConfirmTotpAsync(new() { Code = Totp.Code(enrolment.Secret, 0) });
        var guest = await NewGuestAsync();
        var required = Assert.ThrowsAsync<MfaRequiredException>(() => guest.SignInAsync(member))!;
        Assert.That((await guest.Api.Users.GetMeAsync()).Kind, Is.EqualTo(AccountKind.Guest));
        await guest.Session.RefreshAsync();

        var answer = new VerifyMfaCommand { ChallengeToken = required.ChallengeToken };
        answer.Code = Totp.Code(enrolment.Secret, 1); // A code works once.
        var tokens = await guest.Session.SignInWithAsync(api => api.Auth.VerifyMfaAsync(answer));
        Assert.That(tokens.GuestMerged, Is.True);
        await AssertConvergedAsync(guest, member);
    }

    [Test]
    public async Task SignInWithAsync_passes_the_token_of_the_guest_to_the_step()
    {
        var member = await NewMemberAsync();
        var guest = await NewGuestAsync();
        await guest.Session.SignInWithAsync(
            (api, guestToken) =>
            {
                var login = new LoginUserCommand { Login = member.Username, Password = Server.Password };
                login.GuestToken = guestToken;
                return api.Auth.LoginAsync(login);
            }
        );
        await AssertConvergedAsync(guest, member);
    }

    [Test]
    public async Task An_identity_merges_the_guest_into_a_new_account_and_into_one_that_it_is_linked_to()
    {
        var subject = Server.NewName();
        var (first, second) = (await NewGuestAsync(), await NewGuestAsync());
        foreach (var guest in new[] { first, second })
        {
            var identity = await IdentityOfAsync(subject);
            Assert.That((await guest.Session.SignInWithIdentityAsync(identity)).GuestMerged, Is.True);
            Assert.That(identity.GuestToken, Is.Null);
        }

        await second.PullAsync();
        Assert.That(second.Versions.Keys, Is.EquivalentTo((Guid[])[first.Task.Id, second.Task.Id]));
        Assert.That((await second.Api.Users.GetMeAsync()).Kind, Is.EqualTo(AccountKind.Member));
    }

    [Test]
    public async Task A_guest_whose_identity_has_the_address_of_an_account_is_merged_by_the_sign_in_that_links_it()
    {
        var member = await NewMemberAsync();
        var guest = await NewGuestAsync();
        var tokens = await guest.Session.SignInWithIdentityAsync(
            await IdentityOfAsync(Server.NewName(), $"{member.Username}@example.com"),
            async _ =>
            {
                await guest.SignInAsync(member);
                return new() { Password = Server.Password };
            }
        );
        Assert.That(tokens.GuestMerged, Is.True);
        Assert.That((await guest.Api.Identities.ListAsync()).Items, Has.Count.EqualTo(1));
        await AssertConvergedAsync(guest, member);
    }

    [Test]
    public async Task The_token_of_a_member_merges_nothing()
    {
        var (one, other) = (await NewMemberAsync(), await NewMemberAsync());
        var tokens = one.Device.Tokens;
        Assert.That((await one.SignInAsync(other)).GuestMerged, Is.Not.True);
        Assert.That((await one.Api.Tasks.ListAsync()).Items.Single().Id, Is.EqualTo(other.Task.Id));
        one.Device.Tokens = tokens;
        one.Device.Restart(_server.Address);
        var tasks = await one.Device.Api.Tasks.ListAsync();
        Assert.That(tasks.Items.Single().Id, Is.EqualTo(one.Task.Id));
    }

    [Test]
    public async Task A_guest_with_too_much_to_merge_stays_the_guest()
    {
        var member = await NewMemberAsync();
        var guest = await NewGuestAsync();
        for (var count = 1; count < MaxTasks; count++)
        {
            await member.Session.CreateTaskAsync(new() { Title = $"{count}" });
        }

        var tokens = guest.Device.Tokens;
        var refusal = Assert.ThrowsAsync<FitnessifyException>(() => guest.SignInAsync(member))!;
        Assert.That(refusal.Code, Is.EqualTo(ErrorCode.LimitReached));
        Assert.That(guest.Device.Tokens, Is.SameAs(tokens));
        Assert.That((await guest.Api.Tasks.GetAsync(guest.Task.Id)).Version, Is.EqualTo(guest.Task.Version));
    }

    [Test]
    public async Task Calls_that_learn_of_the_merge_before_the_sign_in_does_report_no_end_of_the_session()
    {
        var member = await NewMemberAsync();
        var guest = await NewGuestAsync();
        Exception? learned = null;
        guest.Device.Line.Loses = call =>
        {
            // The answer is not lost but waits for the other call.
            if (call == Login)
            {
                learned = Assert.CatchAsync(() => guest.Api.Tasks.ListAsync());
            }

            return false;
        };
        var tokens = await guest.SignInAsync(member);
        Assert.That(learned, Is.InstanceOf<SignedOutException>());
        Assert.That(guest.Device.SignedOut, Is.Empty);
        Assert.That(guest.Device.Tokens, Is.SameAs(tokens));
    }

    [Test]
    public async Task An_end_that_a_call_learns_of_during_a_sign_in_that_fails_is_reported_by_the_next_call()
    {
        var guest = await NewGuestAsync();
        var other = NewApp(Device.Create(_server.Address));
        other.Device.Tokens = guest.Device.Tokens;
        await other.Session.SignOutAsync();
        var signingIn = guest.Session.SignInWithAsync(api =>
        {
            Assert.CatchAsync<SignedOutException>(() => api.Tasks.ListAsync());
            Assert.That(guest.Device.SignedOut, Is.Empty);
            throw new InvalidOperationException("The user has closed the dialog.");
        });
        Assert.That(() => signingIn, Throws.InvalidOperationException);
        Assert.ThrowsAsync<SignedOutException>(() => guest.Api.Tasks.ListAsync());
        Assert.That(guest.Device.SignedOut.Single().Code, Is.EqualTo(ErrorCode.SessionRevoked));
        Assert.That(guest.Device.Tokens, Is.Null);
    }

    [Test]
    public async Task After_a_sign_in_whose_answer_got_lost_the_end_of_the_guest_is_reported_and_the_next_one_has_its_tasks()
    {
        var member = await NewMemberAsync();
        var guest = await NewGuestAsync();
        guest.Device.Line.Loses = call => call == Login && guest.Device.Line.Count(Login) == 1;
        Assert.ThrowsAsync<ConnectionException>(() => guest.SignInAsync(member));
        Assert.ThrowsAsync<SignedOutException>(() => guest.Api.Tasks.ListAsync());
        Assert.That(guest.Device.SignedOut.Single().Code, Is.EqualTo(ErrorCode.SessionRevoked));
        Assert.That(guest.Device.Tokens, Is.Null);
        Assert.That((await guest.SignInAsync(member)).GuestMerged, Is.Not.True);
        await AssertConvergedAsync(guest, member);
    }

    [Test]
    public async Task A_guest_who_has_signed_out_is_lost_and_the_next_start_is_another_guest()
    {
        var guest = await NewGuestAsync();
        var former = await guest.Api.Users.GetMeAsync();
        await guest.Session.SignOutAsync();
        Assert.That(guest.Device.Tokens, Is.Null);
        await guest.Session.StartAsGuestAsync();
        Assert.That((await guest.Api.Users.GetMeAsync()).Id, Is.Not.EqualTo(former.Id));
        Assert.That((await guest.Api.Tasks.ListAsync()).Items, Is.Empty);
    }

    /// <summary>Checks that both devices have the same tasks in the same versions, which are those of the server.</summary>
    private static async Task AssertConvergedAsync(App guest, App member)
    {
        var stored = (await member.Api.Tasks.ListAsync(limit: 200)).Items.ToDictionary(of => of.Id, of => of.Version);
        Assert.That(stored.Keys, Is.EquivalentTo((Guid[])[guest.Task.Id, member.Task.Id]));
        foreach (var app in new[] { guest, member })
        {
            await app.PullAsync();
            Assert.That(app.Versions, Is.EquivalentTo(stored));
        }
    }

    private async Task<App> NewGuestAsync()
    {
        var app = NewApp(Device.Create(_server.Address));
        await app.Session.StartAsGuestAsync("Phone");
        await app.CreateTaskAsync("Of the guest");
        return app;
    }

    private async Task<App> NewMemberAsync()
    {
        var app = NewApp(await Device.SignUpAsync(_server));
        app.Username = (await app.Api.Users.GetMeAsync()).Username!;
        await app.CreateTaskAsync("Of the account");
        return app;
    }

    private App NewApp(Device device)
    {
        var app = new App(device);
        _apps.Add(app);
        return app;
    }

    private async Task<LoginIdentityCommand> IdentityOfAsync(string subject, string? email = null)
    {
        var nonce = IdentityNonce.Create();
        var idToken = await _issuer.TokenAsync("google", subject, email ?? $"{subject}@example.com", nonce.Digest);
        return new()
        {
            Provider = "google",
            IdToken = idToken,
            Nonce = nonce.Nonce,
        };
    }

    private async Task<int> CountGuestsAsync()
    {
        using var admin = new FitnessifySession(_server.Address);
        await admin.SignInAsync(Server.Admin, Server.AdminPassword);
        var page = await admin.Api.Admin.ListUsersAsync(limit: 200);
        Assert.That(page.NextCursor, Is.Null);
        return page.Items.Count(user => user.Kind == AccountKind.Guest);
    }

    /// <summary>An app that keeps copies of the tasks.</summary>
    private sealed class App(Device device)
    {
        public Device Device => device;

        public FitnessifySession Session => device.Session;

        public FitnessifyApi Api => device.Api;

        public string Username { get; set; } = "";

        public TaskDto Task { get; private set; } = null!;

        public Dictionary<Guid, long> Versions { get; } = [];

        public string? Since { get; private set; }

        public async Task CreateTaskAsync(string title)
        {
            Task = await Session.CreateTaskAsync(new() { Title = title });
            await PullAsync();
        }

        public Task<TokensDto> SignInAsync(App member) =>
            Session.SignInAsync(member.Username, Server.Password, "Phone");

        public async Task PullAsync()
        {
            try
            {
                await foreach (var page in Session.SyncAsync(Since))
                {
                    foreach (var change in page.Items)
                    {
                        if (change.Task is { } task)
                        {
                            Versions[change.Id] = task.Version;
                        }
                        else
                        {
                            Versions.Remove(change.Id);
                        }
                    }

                    Since = page.Next;
                }
            }
            catch (FitnessifyException refusal) when (refusal.Code == ErrorCode.InvalidSyncToken && Since is not null)
            {
                Versions.Clear();
                Since = null;
                await PullAsync();
            }
        }
    }
}
