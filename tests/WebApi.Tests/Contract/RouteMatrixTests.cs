using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>
/// The outcome of each route for each caller, guests among them. The routes are those of the running server, and each one needs a row.
/// <see cref="RoleMatrixTests"/> covers the effect of roles.
/// </summary>
public sealed class RouteMatrixTests
{
    private const string Unauthenticated = "401 unauthenticated";
    private const string Revoked = "401 session_revoked";
    private const string Invalid = "400 validation_failed";
    private const string Denied = "403 permission_denied";
    private const string NotFound = "404 not_found";
    private const string Reauthentication = "403 reauthentication_required";
    private const string Conflict = "409 state_conflict";

    // Each row has the route and its rate limit, then the outcomes for an anonymous caller, the owner, an ended session and another user
    // (where that differs from the owner). Ids are the owner's, and bodies are {} unless Bodies has another one.
    private static readonly TestCaseData[] Rows =
    [
        Row("GET /account/account.css", null, "200", "200", "200"),
        Row("GET /account/account.js", null, "200", "200", "200"),
        Row("GET /account/confirm-email", null, "200", "200", "200"),
        Row("GET /account/confirm-email.js", null, "200", "200", "200"),
        Row("GET /account/reset-password", null, "200", "200", "200"),
        Row("GET /account/reset-password.js", null, "200", "200", "200"),
        Row("GET /account/authenticators", null, "200", "200", "200"),
        Row("GET /account/authenticators.js", null, "200", "200", "200"),
        Row("GET /api/v1/admin/audit-events", "default", Unauthenticated, Denied, Revoked),
        Row("GET /api/v1/admin/roles", "default", Unauthenticated, Denied, Revoked),
        Row("GET /api/v1/admin/users", "default", Unauthenticated, Denied, Revoked),
        Row("DELETE /api/v1/admin/users/{id:guid}", "default", Unauthenticated, Denied, Revoked),
        Row("GET /api/v1/admin/users/{id:guid}", "default", Unauthenticated, Denied, Revoked),
        Row("POST /api/v1/admin/users/{id:guid}/disable", "default", Unauthenticated, Denied, Revoked),
        Row("POST /api/v1/admin/users/{id:guid}/enable", "default", Unauthenticated, Denied, Revoked),
        Row("PUT /api/v1/admin/users/{id:guid}/roles", "default", Unauthenticated, Denied, Revoked),
        Row("POST /api/v1/admin/users/{id:guid}/reset-mfa", "default", Unauthenticated, Denied, Revoked),
        Row("POST /api/v1/admin/users/{id:guid}/sign-out", "default", Unauthenticated, Denied, Revoked),
        Row("POST /api/v1/admin/users/{id:guid}/unlock", "default", Unauthenticated, Denied, Revoked),
        Row("POST /api/v1/auth/apple/notifications", "default", Invalid, Invalid, Invalid),
        Row("GET /api/v1/auth/identity-providers", "default", "200", "200", "200"),
        Row("POST /api/v1/auth/email/confirm", "signIn", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/email/reject", "signIn", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/email/confirmation", "signIn", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/guest", "guest", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/login", "signIn", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/login/identity", "signIn", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/login/mfa", "signIn", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/login/passkey", "signIn", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/login/passkey/options", "signIn", "200", "200", "200"),
        Row("POST /api/v1/auth/logout", "default", Unauthenticated, "204", Revoked),
        Row("POST /api/v1/auth/password/forgot", "signIn", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/password/reset", "signIn", Invalid, Invalid, Invalid),
        Row("GET /api/v1/auth/password-policy", "default", "200", "200", "200"),
        Row("POST /api/v1/auth/password-strength", "probe", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/reauthenticate", "default", Unauthenticated, Invalid, Revoked),
        Row("POST /api/v1/auth/reauthenticate/passkey/options", "signIn", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/auth/refresh", "refresh", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/register", "signIn", Invalid, Invalid, Invalid),
        Row("GET /api/v1/auth/username-availability", "probe", Invalid, Invalid, Invalid),
        Row("GET /api/v1/notifications", "default", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/notifications/read-all", "default", Unauthenticated, "204", Revoked),
        Row("GET /api/v1/notifications/stream", "default", Unauthenticated, "200", Revoked),
        Row("GET /api/v1/notifications/unread-count", "default", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/notifications/{id:guid}/complete", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("POST /api/v1/notifications/{id:guid}/read", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("POST /api/v1/notifications/{id:guid}/snooze", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("GET /api/v1/push/config", "default", "200", "200", "200"),
        Row("DELETE /api/v1/sessions", "default", Unauthenticated, "204", Revoked),
        Row("GET /api/v1/sessions", "default", Unauthenticated, "200", Revoked),
        Row("DELETE /api/v1/sessions/{id:guid}", "default", Unauthenticated, "204", Revoked, NotFound),
        Row("GET /api/v1/changes", "default", Unauthenticated, "200", Revoked),
        Row("GET /api/v1/lists", "default", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/lists", "default", Unauthenticated, Invalid, Revoked),
        Row("DELETE /api/v1/lists/{id:guid}", "default", Unauthenticated, "204", Revoked, NotFound),
        Row("GET /api/v1/lists/{id:guid}", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("PATCH /api/v1/lists/{id:guid}", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("PUT /api/v1/lists/{id:guid}", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("GET /api/v1/tasks", "default", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/tasks", "default", Unauthenticated, Invalid, Revoked),
        Row("POST /api/v1/tasks/batch", "default", Unauthenticated, Invalid, Revoked),
        Row("GET /api/v1/tasks/series/{seriesId:guid}", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("GET /api/v1/tasks/summary", "default", Unauthenticated, "200", Revoked),
        Row("GET /api/v1/tasks/trash", "default", Unauthenticated, "200", Revoked),
        Row("DELETE /api/v1/tasks/{id:guid}", "default", Unauthenticated, "204", Revoked, NotFound),
        Row("GET /api/v1/tasks/{id:guid}", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("PATCH /api/v1/tasks/{id:guid}", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("PUT /api/v1/tasks/{id:guid}", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("POST /api/v1/tasks/{id:guid}/restore", "default", Unauthenticated, "200", Revoked, NotFound),
        Row("GET /api/v1/users/me", "default", Unauthenticated, "200", Revoked),
        Row("PATCH /api/v1/users/me", "default", Unauthenticated, "200", Revoked),
        Row("GET /api/v1/users/me/devices", "default", Unauthenticated, "200", Revoked),
        Row("PUT /api/v1/users/me/devices/{deviceId:guid}", "default", Unauthenticated, "200", Revoked, "201"),
        Row("DELETE /api/v1/users/me/devices/{deviceId:guid}", "default", Unauthenticated, "204", Revoked, NotFound),
        Row("POST /api/v1/users/me/devices/{deviceId:guid}/test", "default", Unauthenticated, "202", Revoked, NotFound),
        Row("POST /api/v1/users/me/deletion", "default", Unauthenticated, Reauthentication, Revoked),
        Row("PUT /api/v1/users/me/email", "default", Unauthenticated, Reauthentication, Revoked),
        Row("GET /api/v1/users/me/identities", "default", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/users/me/identities", "default", Unauthenticated, Invalid, Revoked),
        Row(
            "POST /api/v1/users/me/identities/{id:guid}/deletion",
            "default",
            Unauthenticated,
            "204",
            Revoked,
            NotFound
        ),
        Row("GET /api/v1/users/me/mfa", "default", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/users/me/mfa/disable", "default", Unauthenticated, Reauthentication, Revoked),
        Row("POST /api/v1/users/me/mfa/recovery-codes", "default", Unauthenticated, Reauthentication, Revoked),
        Row("POST /api/v1/users/me/mfa/totp", "default", Unauthenticated, Reauthentication, Revoked),
        Row("POST /api/v1/users/me/mfa/totp/confirm", "default", Unauthenticated, Invalid, Revoked),
        Row("GET /api/v1/users/me/notification-settings", "default", Unauthenticated, "200", Revoked),
        Row("PUT /api/v1/users/me/notification-settings", "default", Unauthenticated, Invalid, Revoked),
        Row("POST /api/v1/users/me/export", "default", Unauthenticated, Reauthentication, Revoked),
        Row("GET /api/v1/users/me/passkeys", "default", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/users/me/passkeys", "default", Unauthenticated, Invalid, Revoked),
        Row("POST /api/v1/users/me/passkeys/options", "default", Unauthenticated, Reauthentication, Revoked),
        Row("POST /api/v1/users/me/passkeys/{id}/deletion", "default", Unauthenticated, Reauthentication, Revoked),
        Row("PUT /api/v1/users/me/registration", "signIn", Unauthenticated, Conflict, Revoked),
        Row("PUT /api/v1/users/me/password", "default", Unauthenticated, Reauthentication, Revoked),
        Row("GET /api/v1/users/me/security-events", "default", Unauthenticated, "200", Revoked),
        Row("GET /health/live", null, "200", "200", "200"),
        Row("GET /health/ready", null, "200", "200", "200"),
        Row("GET /openapi/v1.json", null, "200", "200", "200"),
    ];

    // What differs for a guest from what another user gets: guests are never asked who they are, and register before they have
    // anything to sign in with.
    private static readonly Dictionary<string, string> Guests = new()
    {
        ["POST /api/v1/users/me/deletion"] = "204",
        ["PUT /api/v1/users/me/email"] = Conflict,
        ["POST /api/v1/users/me/export"] = "200",
        // The body has a password, and a guest has none.
        ["POST /api/v1/users/me/identities/{id:guid}/deletion"] = "403 reauthentication_failed",
        ["POST /api/v1/users/me/mfa/disable"] = Conflict,
        ["POST /api/v1/users/me/mfa/recovery-codes"] = Conflict,
        ["POST /api/v1/users/me/mfa/totp"] = Conflict,
        ["POST /api/v1/users/me/passkeys/options"] = Invalid,
        ["POST /api/v1/users/me/passkeys/{id}/deletion"] = NotFound,
        ["PUT /api/v1/users/me/password"] = Conflict,
        ["PUT /api/v1/users/me/registration"] = "200",
    };

    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["PUT /api/v1/users/me/email"] = $$"""{"newEmail":"{{Person.Random().Email}}"}""",
        ["PUT /api/v1/users/me/password"] = $$"""{"newPassword":"{{Person.GoodPassword}}"}""",
        ["PUT /api/v1/users/me/registration"] = JsonSerializer.Serialize(Person.Random(), JsonSerializerOptions.Web),
        ["POST /api/v1/users/me/identities/{id:guid}/deletion"] = $$"""{"password":"{{Person.GoodPassword}}"}""",
        ["POST /api/v1/notifications/{id:guid}/snooze"] = """{"minutes":10}""",
        ["PUT /api/v1/lists/{id:guid}"] = """{"name":"Home"}""",
        ["PUT /api/v1/tasks/{id:guid}"] = """{"title":"Run"}""",
    };

    [TestCaseSource(nameof(Rows))]
    public async Task Each_route_responds_to_each_kind_of_caller(
        string route,
        string? limit,
        string anonymous,
        string owner,
        string revoked,
        string stranger
    )
    {
        var user = await Api.Shared.SignedInAsync();
        var id = await IdAsync(user, route);
        var ended = await Api.Shared.SignedInAsync(user.Person);
        using var logout = await ended.PostAsync(ApiClient.Logout);
        // The owner is last, because the request may delete their data.
        (ApiClient Client, string Outcome)[] callers =
        [
            (Api.Shared.Anonymous(), anonymous),
            (ended, revoked),
            (await Api.Shared.SignedInAsync(), stranger),
            (await Api.Shared.GuestAsync(), Guests.GetValueOrDefault(route, stranger)),
            (user, owner),
        ];
        foreach (var (client, outcome) in callers)
        {
            using var response = await SendAsync(client, route, id);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
            Assert.That(response.Header("RateLimit-Policy")?.Split('"')[1], Is.EqualTo(limit));
        }
    }

    [Test]
    public void Exactly_the_existing_routes_have_a_row() =>
        Assert.That(Rows.Select(row => row.Arguments[0]), Is.EquivalentTo(Routes().Keys));

    [Test]
    public void Only_the_named_routes_work_without_a_token()
    {
        var openInTable = Rows.Where(row => !Equals(row.Arguments[2], Unauthenticated)).Select(row => row.Arguments[0]);
        var openInCode = Routes().Where(route => IsOpen(route.Value)).Select(route => route.Key);
        Assert.That(openInTable, Is.EquivalentTo(openInCode));
    }

    private static bool IsOpen(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null;

    // HEAD is allowed where GET is; a route without a method allows all.
    private static Dictionary<string, RouteEndpoint> Routes() =>
        (
            from endpoint in Api
                .Shared.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.Cast<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            where method != "HEAD"
            select (Name: $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}", endpoint)
        ).ToDictionary(route => route.Name, route => route.endpoint);

    private static Task<HttpResponseMessage> SendAsync(ApiClient client, string route, string id)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].With(id));
        return method switch
        {
            // A stream has no end.
            "GET" => client.OpenAsync(path),
            "DELETE" => client.DeleteAsync(path),
            "PUT" when path.StartsWith(DeviceCalls.Devices, StringComparison.Ordinal) => client.SendJsonAsync(
                method,
                path,
                Api.Push.Subscribe().Registration()
            ),
            _ => client.SendJsonAsync(method, path, Bodies.GetValueOrDefault(route, "{}")),
        };
    }

    // These values belong to the user.
    private static async Task<string> IdAsync(ApiClient user, string route) =>
        route.Split('/').ElementAtOrDefault(3) switch
        {
            "lists" => (await user.CreatedListAsync()).Text("id"),
            "tasks" when route.Contains("/series/") => (await user.CreatedAsync(TaskCalls.Repeating)).Text("id"),
            "tasks" => (await user.CreatedAsync()).Text("id"),
            "notifications" => (await Api.Shared.NotifiedAsync(user)).Text("id"),
            "users" when route.Contains("/identities/") => await LinkedIdAsync(user),
            "users" when route.Contains("/devices/") => $"{await user.DeviceAsync(Api.Push.Subscribe())}",
            _ => $"{user.SessionId}",
        };

    private static async Task<string> LinkedIdAsync(ApiClient user)
    {
        using var linked = await user.LinkAsync(Api.Google.Proof(IdentityCalls.NewSubject()));
        return (await linked.JsonAsync()).Text("id");
    }

    private static TestCaseData Row(
        string route,
        string? limit,
        string anonymous,
        string owner,
        string revoked,
        string? stranger = null
    ) => new TestCaseData(route, limit, anonymous, owner, revoked, stranger ?? owner).SetArgDisplayNames(route);
}
