using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>What each role may do on each route, and to whom. The warden may manage users, but may not read the audit trail.</summary>
public sealed class RoleMatrixTests
{
    private const string Denied = "403 permission_denied";
    private const string Warden = "warden";
    private static readonly string[] Subjects = [Roles.Member, Roles.Support, Roles.Admin];

    private static Api _api = null!;

    // Each row has the route and the outcomes for member, support, admin and warden: on a member, a support user and an admin.
    private static readonly TestCaseData[] Rows =
    [
        Reads("GET /api/v1/admin/users", warden: "200"),
        Reads("GET /api/v1/admin/users/{id}", warden: "200"),
        Reads("GET /api/v1/admin/roles", warden: "200"),
        Reads("GET /api/v1/admin/audit-events", warden: Denied),
        Row("PUT /api/v1/admin/users/{id}/roles", ["200", "200", "200"], [Denied, Denied, Denied]),
        Row("POST /api/v1/admin/users/{id}/disable", ["204", "204", "204"], ["204", Denied, Denied]),
        Row("POST /api/v1/admin/users/{id}/enable", ["204", "204", "204"], ["204", Denied, Denied]),
        Row("POST /api/v1/admin/users/{id}/reset-mfa", ["204", "204", "204"], ["204", Denied, Denied]),
        Row("POST /api/v1/admin/users/{id}/sign-out", ["204", "204", "204"], ["204", Denied, Denied]),
        Row("POST /api/v1/admin/users/{id}/unlock", ["204", "204", "204"], ["204", Denied, Denied]),
        Row("DELETE /api/v1/admin/users/{id}", ["204", "204", "204"], ["204", Denied, Denied]),
    ];

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        _api = Api.Start();
        await _api.AddRoleAsync(Warden, Permissions.ReadUsers, Permissions.ManageUsers);
    }

    [OneTimeTearDown]
    public static async Task StopAsync() => await _api.DisposeAsync();

    [TestCaseSource(nameof(Rows))]
    public async Task Each_route_responds_to_each_role_by_the_permissions_of_the_subject(
        string route,
        string[][] expected
    )
    {
        string[] actors = [Roles.Member, Roles.Support, Roles.Admin, Warden];
        List<string[]> outcomes = [];
        foreach (var role in actors)
        {
            var actor = await _api.SignedInAsAsync(role);
            var row = new List<string>();
            foreach (var subject in Subjects)
            {
                row.Add(await SendAsync(actor, route, await SubjectAsync(subject)));
            }

            outcomes.Add([.. row]);
        }

        Assert.That(outcomes, Is.EqualTo(expected));
    }

    [Test]
    public async Task Every_admin_route_has_a_row() =>
        Assert.That(
            Rows.Select(row => row.Arguments[0]),
            Is.EquivalentTo(
                from operation in await OpenApiDocument.OperationsAsync()
                where operation.Path.StartsWith("/api/v1/admin/", StringComparison.Ordinal)
                select $"{operation}"
            )
        );

    /// <summary>Creates a user whom no action has affected yet.</summary>
    private static async Task<Guid> SubjectAsync(string role) => await (await _api.SignedInAsAsync(role)).IdAsync();

    private static async Task<string> SendAsync(ApiClient actor, string route, Guid subject)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].With($"{subject}"));
        using var response = method is "PUT"
            ? await actor.PutAsync(path, new { roles = (string[])[Roles.Support] })
            : await actor.SendAsync(method, path);
        return await response.OutcomeAsync();
    }

    private static TestCaseData Reads(string route, string warden) =>
        Case(route, Same(Denied), Same("200"), Same("200"), Same(warden));

    private static TestCaseData Row(string route, string[] admin, string[] warden) =>
        Case(route, Same(Denied), Same(Denied), admin, warden);

    private static string[] Same(string outcome) => [.. Subjects.Select(_ => outcome)];

    private static TestCaseData Case(string route, params string[][] expected) =>
        new TestCaseData(route, expected).SetArgDisplayNames(route);
}
