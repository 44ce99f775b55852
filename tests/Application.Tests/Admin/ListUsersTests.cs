using Fitnessify.Application.Admin;
using Fitnessify.Application.Common;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.Application.Tests.Admin;

public sealed class ListUsersTests : UseCaseTests
{
    private readonly string _name = Instance.NewName();

    /// <summary>Creates an active support user and, a minute later, a disabled member.</summary>
    [SetUp]
    public async Task SignUp()
    {
        await SignInNewUserAsync();
        var older = (await Server.SignUpAsync($"{_name}.a", $"{Instance.NewName()}@example.org")).Value!;
        await AdministerAsync(port => port.SetRoles(older.Id, [Roles.Support, Roles.Member]));
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var younger = (await Server.SignUpAsync(Instance.NewName(), $"{_name}.b@example.org")).Value!;
        await ChangeAsync(younger.Id, row => row.Disable(Now));
    }

    [TestCase(null, null, "b a")]
    [TestCase("support", null, "a")]
    [TestCase("member", null, "b a")]
    [TestCase(null, "active", "a")]
    [TestCase(null, "disabled", "b")]
    [TestCase("support", "disabled", "")]
    public async Task Filters_by_part_of_name_or_address_role_and_status_newest_first(
        string? role,
        string? status,
        string expected
    )
    {
        var page = await ListAsync(new($" {_name.ToUpperInvariant()} ", role, status, 50, null));

        Assert.That(string.Join(' ', page.Items.Select(InitialOf)), Is.EqualTo(expected));
        Assert.That(page.NextCursor, Is.Null);
    }

    [TestCase(null)]
    [TestCase(" ")]
    public async Task Lists_all_users_without_a_search_text(string? q) =>
        Assert.That(
            (await ListAsync(new(q, Roles.Support, null, 200, null))).Items.Select(InitialOf),
            Does.Contain("a")
        );

    [Test]
    public async Task A_cursor_continues_only_for_the_same_caller()
    {
        var query = new ListUsersQuery(_name, null, null, 1, null);
        var first = await ListAsync(query);
        var next = query with { Cursor = first.NextCursor };
        var second = await ListAsync(next);

        Assert.That(first.Items.Concat(second.Items).Select(InitialOf), Is.EqualTo(["b", "a"]));
        Assert.That(second.NextCursor, Is.Null);
        await SignInNewUserAsync();
        await FailsAsync(next, "invalid_cursor");
    }

    [Test]
    public async Task Refuses_an_unknown_role()
    {
        var error = await FailsAsync(new ListUsersQuery(null, "king", null, 1, null), "validation_failed");
        Assert.That(error.Fields!.Select(field => $"{field.Path[0]} {field.Code}"), Is.EqualTo(["role not_allowed"]));
    }

    [TestCase(null, null, null, 50, "")]
    [TestCase("a", "admin", "active", 1, "")]
    [TestCase("a\0", null, null, 50, "q: invalid_format")]
    [TestCase(null, "", null, 50, "role: required")]
    [TestCase(null, null, "Active", 50, "status: not_allowed")]
    [TestCase(null, null, null, 0, "limit: out_of_range")]
    [TestCase(null, null, null, 201, "limit: out_of_range")]
    public void Validates_the_query(string? q, string? role, string? status, int limit, string error) =>
        Assert.That(
            new ListUsersValidator().ErrorTextOf(new ListUsersQuery(q, role, status, limit, null)),
            Is.EqualTo(error)
        );

    private string InitialOf(AdminUserDto user) =>
        user.Username == $"{_name}.a" ? "a"
        : user.Email == $"{_name}.b@example.org" ? "b"
        : user.Username;

    private async Task<PageDto<AdminUserDto>> ListAsync(ListUsersQuery query) => (await SendAsync(query)).Value!;
}
