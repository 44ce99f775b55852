using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class GuestsTests
{
    [Test]
    public Task The_document_contains_this_code() => Examples.AssertShownInAsync("docs/guests.md", nameof(GuestsTests));

    [Test]
    public async Task A_guest_becomes_a_member_and_a_later_one_is_merged_into_that_account()
    {
        await using var server = await Server.StartAsync(
            new Dictionary<string, string> { ["Accounts__Guests"] = "true" }
        );
        var (shown, secret) = (new List<string>(), "");
        var keychain = new MemoryTokenStore();
        void Show(string text) => shown.Add(text);
        Task<string> AskAsync(string question) =>
            Task.FromResult(question.Contains("app", StringComparison.Ordinal) ? Totp.Code(secret, 1) : "");

        using var session = new FitnessifySession(server.Address, new() { Tokens = keychain });
        var waiting = new Dictionary<Guid, TaskInput>();
        var copies = new Dictionary<Guid, TaskDto>();
        string? since = null;
        IEnumerable<string> Titles() => copies.Values.Select(copy => copy.Title);

        waiting[Guid.NewGuid()] = new TaskInput { Title = "Buy milk" };

        async Task SendAsync()
        {
            await session.StartAsGuestAsync("Phone", timeZone: "Europe/Berlin");
            foreach (var (id, task) in waiting.ToList())
            {
                await session.CreateTaskAsync(task, id);
                waiting.Remove(id);
            }
        }
        await SendAsync();
        Assert.That((await session.Api.Users.GetMeAsync()).Kind, Is.EqualTo(AccountKind.Guest));

        async Task PullAsync()
        {
            try
            {
                await foreach (var page in session.SyncAsync(since))
                {
                    foreach (var change in page.Items)
                    {
                        copies.Remove(change.Id);
                        if (change.Task is { } task)
                        {
                            copies[change.Id] = task;
                        }
                    }
                    since = page.Next;
                }
            }
            catch (FitnessifyException refusal) when (refusal.Code == ErrorCode.InvalidSyncToken && since is not null)
            {
                copies.Clear();
                since = null;
                await PullAsync();
            }
        }
        await PullAsync();
        Assert.That(Titles(), Is.EqualTo((string[])["Buy milk"]));

        var registration = new RegisterGuestCommand { Username = "bob", Email = "bob@example.com" };
        registration.Password = "seven quiet otters paint";
        var member = await session.Api.Guests.RegisterAsync(registration);
        Show($"Welcome, {member.Username}.");
        Assert.That(member.Kind, Is.EqualTo(AccountKind.Member));
        secret = (await session.Api.Mfa.EnrolTotpAsync(new() { Password = registration.Password })).Secret;
        await session.Api.Mfa.ConfirmTotpAsync(new() { Code = Totp.Code(secret, 0) });

        // Without the account, the device begins anew, as a guest of its own.
        await session.SignOutAsync();
        copies.Clear();
        since = null;
        waiting[Guid.NewGuid()] = new TaskInput { Title = "Run" };
        await SendAsync();
        await PullAsync();
        Assert.That(Titles(), Is.EqualTo((string[])["Run"]));
        waiting[Guid.NewGuid()] = new TaskInput { Title = "Call Ann" };

        async Task<TokensDto> SignInAsync(string login, string password)
        {
            try
            {
                return await session.SignInAsync(login, password, "Phone");
            }
            catch (MfaRequiredException question)
            {
                var answer = new VerifyMfaCommand { ChallengeToken = question.ChallengeToken };
                answer.Code = await AskAsync("A code of the app?");
                return await session.SignInWithAsync(api => api.Auth.VerifyMfaAsync(answer));
            }
        }
        await SendAsync();
        var tokens = await SignInAsync("bob", "seven quiet otters paint");
        if (tokens.GuestMerged is true)
        {
            Show("Your tasks are in your account now.");
        }
        await PullAsync();
        Assert.That(shown, Is.EqualTo((string[])["Welcome, bob.", "Your tasks are in your account now."]));
        Assert.That((await session.Api.Users.GetMeAsync()).Id, Is.EqualTo(member.Id));
        Assert.That(Titles(), Is.EqualTo((string[])["Buy milk", "Run", "Call Ann"]));
    }
}
