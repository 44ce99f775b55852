using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>Makes the server return each error code.</summary>
internal static class Provocations
{
    private static readonly Dictionary<string, Func<Task<HttpResponseMessage>>> All = new()
    {
        ["malformed_json"] = () => Anonymous.PostRawAsync(ApiClient.Login, "{"),
        ["unknown_member"] = () => Anonymous.PostRawAsync(ApiClient.Login, """{"x":1}"""),
        ["validation_failed"] = () => Anonymous.PostRawAsync(ApiClient.Login, "{}"),
        ["invalid_credentials"] = () => Anonymous.LoginAsync("nobody"),
        ["unauthenticated"] = () => Anonymous.GetAsync(ApiClient.Me),
        ["refresh_token_invalid"] = () => Anonymous.RefreshAsync("garbage"),
        ["passkey_invalid"] = () =>
            Anonymous.PostRawAsync(PasskeyCalls.Login, """{"challengeToken":"garbage","credential":{"id":"x"}}"""),
        ["identity_token_invalid"] = () => Anonymous.LoginIdentityAsync(("google", "garbage", "nonce")),
        ["identity_not_linked"] = async () =>
        {
            var owner = await Anonymous.RegisteredAsync();
            return await Anonymous.LoginIdentityAsync(Api.Google.Proof(IdentityCalls.NewSubject(), owner.Email));
        },
        ["identity_taken"] = () =>
            AsUserAsync(async user =>
            {
                var subject = IdentityCalls.NewSubject();
                await Anonymous.SignUpByIdentityAsync(Api.Google, subject);
                return await user.LinkAsync(Api.Google.Proof(subject));
            }),
        ["guests_not_allowed"] = async () =>
        {
            await using var api = Api.Start(new() { ["Accounts:Guests"] = "false" });
            return await api.Anonymous().StartGuestAsync(Guid.NewGuid());
        },
        ["push_not_configured"] = () =>
            AsUserAsync(user => user.PutDeviceAsync(Guid.NewGuid(), """{"platform":"fcm","token":"token"}""")),
        ["last_credential"] = async () =>
        {
            var (user, subject) = (Anonymous, IdentityCalls.NewSubject());
            await user.SignUpByIdentityAsync(Api.Google, subject);
            using var reauthenticated = await user.ReauthenticateAsync(Api.Google.Proof(subject));
            var linked = (await user.ListIdentitiesAsync()).Single().Text("id");
            return await user.PostAsync(IdentityCalls.DeletionOf(linked));
        },
        ["reauthentication_required"] = () => AsUserAsync(user => user.PostAsync(ApiClient.Deletion)),
        ["invalid_cursor"] = () => AsUserAsync(user => user.GetAsync($"{ApiClient.Events}?cursor=garbage")),
        ["not_found"] = () => AsUserAsync(user => user.DeleteAsync($"{ApiClient.Sessions}/{Guid.NewGuid()}")),
        ["reauthentication_failed"] = () =>
            AsUserAsync(user => user.PostAsync(ApiClient.Deletion, new { password = "wrong" })),
        ["method_not_allowed"] = () => Anonymous.SendAsync("DELETE", ApiClient.Login),
        ["not_acceptable"] = () => Anonymous.SendAsync("POST", ApiClient.Login, ("Accept", "text/html")),
        ["payload_too_large"] = () => Anonymous.PostRawAsync(ApiClient.Login, new byte[64 * 1024 + 1]),
        ["unsupported_media_type"] = () => Anonymous.PostRawAsync(ApiClient.Login, "{}"u8.ToArray(), "text/plain"),
        ["password_rejected"] = () => Anonymous.RegisterAsync(Person.Random() with { Password = "short" }),
        ["username_taken"] = async () =>
        {
            var first = await Anonymous.RegisteredAsync();
            return await Anonymous.RegisterAsync(Person.Random() with { Username = first.Username });
        },
        ["email_taken"] = async () =>
        {
            var first = await Anonymous.RegisteredAsync();
            return await Anonymous.RegisterAsync(Person.Random() with { Email = first.Email });
        },
        ["token_invalid_or_expired"] = () =>
            Anonymous.PostAsync(AccountLinks.Confirm, new { userId = Guid.NewGuid(), token = "garbage" }),
        ["state_conflict"] = () =>
            AsUserAsync(async user =>
            {
                var done = await user.CreatedAsync("""{"title":"Run","status":"done"}""");
                return await user.SendJsonAsync("PATCH", done.Path(), """{"status":"cancelled"}""");
            }),
        ["limit_reached"] = () =>
            AsUserAsync(async user =>
            {
                var id = await user.IdAsync();
                await Api.Shared.InDatabaseAsync(context =>
                    context
                        .ChangeCounters.Where(counter => counter.OwnerId == id)
                        .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.TaskCount, 20_000))
                );
                return await user.PostAsync(TaskCalls.Tasks, new { title = "Run" });
            }),
        ["recurrence_unsupported"] = () =>
            AsUserAsync(user =>
                user.PostRawAsync(
                    TaskCalls.Tasks,
                    """{"title":"Run","due":{"date":"2031-05-06"},"recurrence":{"rule":"FREQ=HOURLY"}}"""
                )
            ),
        ["precondition_failed"] = () =>
            AsUserAsync(async user =>
            {
                var task = await user.CreatedAsync();
                return await user.SendAsync("DELETE", task.Path(), ("If-Match", "\"0\""));
            }),
        ["batch_failed"] = () =>
            AsUserAsync(user =>
                user.PostRawAsync(TaskCalls.Batch, """{"atomic":true,"operations":[{"op":"create","task":{}}]}""")
            ),
        ["invalid_sync_token"] = () => AsUserAsync(user => user.GetAsync($"{TaskCalls.Changes}?since=garbage")),
        ["sync_token_expired"] = async () =>
        {
            var clock = new ServerClock();
            await using var api = Api.Start(new() { ["Tasks:TrashDays"] = "1" }, clock: clock);
            var user = await api.SignedInAsync();
            var task = await user.CreatedAsync();
            var changes = await user.ReadAsync(TaskCalls.Changes);
            await user.TrashedAsync(task);
            clock.Advance(TimeSpan.FromDays(2));
            await user.SignInAsync(user.Person);
            await TaskCalls.PurgeAsync(api);
            return await user.GetAsync($"{TaskCalls.Changes}?since={changes.Text("next")}");
        },
        ["mfa_required"] = () =>
            AsUserAsync(async user =>
            {
                await user.EnabledAsync(TimeProvider.System);
                return await user.LoginAsync(user.Person.Username);
            }),
        ["mfa_code_invalid"] = () => Anonymous.VerifyAsync("garbage", "123456"),
        ["permission_denied"] = () => AsUserAsync(user => user.GetAsync(AdminCalls.Users)),
        ["last_admin"] = async () =>
        {
            await using var api = Api.Start();
            var admin = await api.SignedInAsAsync(Roles.Admin);
            return await admin.PostAsync(ApiClient.Deletion, new { password = Person.GoodPassword });
        },
        ["session_revoked"] = async () =>
        {
            var client = await Api.Shared.SignedInAsync();
            using var logout = await client.PostAsync(ApiClient.Logout);
            return await client.GetAsync(ApiClient.Me);
        },
        ["refresh_token_reused"] = () =>
            AsUserAsync(async user =>
            {
                var first = user.RefreshToken;
                using var second = await user.RefreshAsync();
                await user.KeepAsync(second);
                using var third = await user.RefreshAsync();
                return await user.RefreshAsync(first);
            }),
        ["too_many_attempts"] = async () =>
        {
            await using var api = Api.Start(new() { ["Accounts:FailedSignInLimit"] = "1" });
            using var first = await api.Anonymous().LoginAsync("nobody");
            return await api.Anonymous().LoginAsync("nobody");
        },
        ["token_expired"] = async () =>
        {
            var clock = new ServerClock();
            await using var api = Api.Rent(clock);
            var client = await api.SignedInAsync();
            clock.Advance(TimeSpan.FromMinutes(15));
            return await client.GetAsync(ApiClient.Me);
        },
        ["account_disabled"] = async () =>
        {
            var person = await Anonymous.RegisteredAsync();
            await Api.Shared.InDatabaseAsync(context =>
                context
                    .Accounts.Where(user => user.Username == person.Username)
                    .ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch))
            );
            return await Anonymous.LoginAsync(person.Username);
        },
        ["email_not_confirmed"] = async () =>
        {
            await using var api = Api.Start(new() { ["Accounts:RequireConfirmedEmail"] = "true" });
            var person = await api.Anonymous().RegisteredAsync();
            return await api.Anonymous().LoginAsync(person.Username);
        },
        ["https_required"] = async () =>
        {
            await using var api = Api.Start(new() { ["Transport:RequireHttps"] = "true" });
            return await api.Anonymous().GetAsync(ApiClient.Me);
        },
        ["rate_limited"] = async () =>
        {
            await using var api = Api.Start(new() { ["RateLimits:Default:Permits"] = "1" });
            using var first = await api.Anonymous().GetAsync(ApiClient.Me);
            return await api.Anonymous().GetAsync(ApiClient.Me);
        },
        ["internal_error"] = () => LoginAgainstAsync(new InvalidOperationException()),
        ["service_unavailable"] = () => LoginAgainstAsync(new TimeoutException()),
    };

    public static IEnumerable<string> Codes => All.Keys;

    private static ApiClient Anonymous => Api.Shared.Anonymous();

    public static Task<HttpResponseMessage> ProvokeAsync(string code) => All[code]();

    private static async Task<HttpResponseMessage> AsUserAsync(Func<ApiClient, Task<HttpResponseMessage>> call) =>
        await call(await Api.Shared.SignedInAsync());

    private static async Task<HttpResponseMessage> LoginAgainstAsync(Exception exception)
    {
        var accounts = new Mock<IAccountRepository>();
        accounts
            .Setup(port => port.FindCredentialsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(exception);
        await using var api = Api.Start(services: services =>
            services.Replace(ServiceDescriptor.Scoped(_ => accounts.Object))
        );
        return await api.Anonymous().LoginAsync("ann");
    }
}
