using System.Text.Json;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Admin;

/// <summary>All users of this server are known.</summary>
public sealed class ListUsersTests
{
    private static Api _api = null!;
    private static ApiClient _support = null!;
    private static ApiClient _warden = null!;

    // Users are listed newest first, and the first one is the caller.
    private static readonly List<string> Names = [];

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        _api = Api.Start();
        await _api.AddRoleAsync("warden", Permissions.ReadUsers, Permissions.ReadAudit);
        var admin = await _api.SignedInAsAsync(Roles.Admin);
        foreach (var (name, mail) in ((string, string)[])[("ann_b", "x"), ("annxb", "y"), ("Bob", "ann.lee")])
        {
            var client = await _api.SignedInAsync(await RegisteredAsync(name, $"{mail}@Example.test"));
            Names.Insert(0, name);
            if (name == "Bob")
            {
                await admin.ActAsync("disable", await client.IdAsync());
            }
        }

        Names.Add(admin.Person.Username);
        _warden = await _api.SignedInAsAsync("warden");
        Names.Insert(0, _warden.Person.Username);
        _support = await _api.SignedInAsAsync(Roles.Support);
        Names.Insert(0, _support.Person.Username);
    }

    [OneTimeTearDown]
    public static async Task StopAsync() => await _api.DisposeAsync();

    [Test]
    public async Task Lists_users_newest_first_in_pages_that_form_the_whole_list()
    {
        Assert.That(await ListAsync(""), Is.EqualTo(Names));
        List<string> read = [];
        string? cursor = null;
        do
        {
            var page = await _support.ReadJsonAsync(
                $"{AdminCalls.Users}?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            read.AddRange(page.Items().Select(user => user.Text("username")));
            cursor = page.Text("nextCursor");
        } while (cursor is not null);

        Assert.That(read, Is.EqualTo(Names));
    }

    [TestCase("?q=ANN", "Bob annxb ann_b")]
    [TestCase("?q=ann_", "ann_b")]
    [TestCase("?q=%25", "")]
    [TestCase("?q=LEE@example", "Bob")]
    [TestCase("?q=%5B", "")]
    [TestCase("?q=ann&status=active", "annxb ann_b")]
    [TestCase("?q=ann&status=disabled", "Bob")]
    [TestCase("?q=ann&role=member", "Bob annxb ann_b")]
    [TestCase("?q=ann&role=admin", "")]
    public async Task Filters_by_text_status_and_role(string query, string expected) =>
        Assert.That(string.Join(' ', await ListAsync(query)), Is.EqualTo(expected));

    [Test]
    public async Task Filters_by_role_and_returns_the_members_for_admins()
    {
        var page = await _support.ReadJsonAsync($"{AdminCalls.Users}?role=support");
        var user = page.Items().Single();
        Assert.That(
            user.Members(),
            Is.EquivalentTo([
                "id",
                "kind",
                "username",
                "email",
                "emailConfirmed",
                "displayName",
                "locale",
                "timeZone",
                "signInMethods",
                "roles",
                "permissions",
                "createdAt",
                "status",
                "mfaEnabled",
                "lastSignInAt",
                "sessions",
            ])
        );
        Assert.That(user.Text("username"), Is.EqualTo(_support.Person.Username));
        Assert.That(user.Texts("permissions"), Is.EqualTo(["audit:read", "users:read"]));
        Assert.That(user.Text("status"), Is.EqualTo("active"));
        Assert.That(user.GetProperty("mfaEnabled").GetBoolean(), Is.False);
        Assert.That(user.GetProperty("sessions").GetInt32(), Is.EqualTo(1));
        Assert.That(
            user.GetProperty("lastSignInAt").GetDateTimeOffset(),
            Is.GreaterThan(user.GetProperty("createdAt").GetDateTimeOffset())
        );
    }

    [TestCase("?role=king", "role not_allowed")]
    [TestCase("?role=a%00b", "role invalid_format")]
    [TestCase("?status=asleep", "status not_allowed")]
    [TestCase("?status=Active", "status not_allowed")]
    [TestCase("?limit=201", "limit out_of_range")]
    [TestCase("?q=a%00b", "q invalid_format")]
    public async Task Refuses_an_invalid_query(string query, string error)
    {
        using var response = await _support.GetAsync(AdminCalls.Users + query);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [TestCase("users", "?limit=1&q=ann", "&q=an")]
    [TestCase("users", "?limit=1&role=member", "")]
    [TestCase("audit-events", "?limit=1&type=registered", "&type=signedIn")]
    [TestCase("audit-events", "?limit=1&type=registered", "&type=registered&from=2026-01-01T00:00:00Z")]
    public async Task A_cursor_is_invalid_for_another_filter_or_another_caller(string list, string query, string other)
    {
        var path = $"/api/v1/admin/{list}";
        var cursor = (await _support.ReadJsonAsync(path + query)).Text("nextCursor");

        Assert.That(await _support.OutcomeOfAsync($"{path}{query}&cursor={cursor}"), Is.EqualTo("200"));
        Assert.That(
            await _support.OutcomeOfAsync($"{path}?limit=1{other}&cursor={cursor}"),
            Is.EqualTo("400 invalid_cursor")
        );
        Assert.That(await _warden.OutcomeOfAsync($"{path}{query}&cursor={cursor}"), Is.EqualTo("400 invalid_cursor"));
    }

    [Test]
    public async Task Roles_are_listed_with_their_permissions()
    {
        var roles = await _support.ReadJsonAsync(AdminCalls.AllRoles);
        Assert.That(
            roles.Items().Select(role => $"{role.Text("name")}: {string.Join(' ', role.Texts("permissions"))}"),
            Is.SupersetOf([
                "admin: audit:read roles:manage users:manage users:read",
                "member: ",
                "support: audit:read users:read",
            ])
        );
    }

    private static async Task<IEnumerable<string>> ListAsync(string query)
    {
        JsonElement page = await _support.ReadJsonAsync(AdminCalls.Users + query);
        return page.Items().Select(user => user.Text("username"));
    }

    private static async Task<Person> RegisteredAsync(string name, string email)
    {
        var person = new Person(name, email, Person.GoodPassword);
        using var response = await _api.Anonymous().RegisterAsync(person);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        return person;
    }
}
