using Fitnessify.Application.Admin;
using Fitnessify.Application.Common;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Admin;

public sealed class ListUsersTests
{
    private readonly Ports _ports = new();
    private readonly Directory _directory = new();

    [Test]
    public async Task Asks_for_the_page_of_the_caller_and_passes_it_on()
    {
        var page = (await ListAsync(new(" ann ", "support", "disabled", 7, "cursor"))).Value!;

        Assert.That(page.Items.Select(user => user.Username), Is.EqualTo(["ann"]));
        Assert.That(page.NextCursor, Is.EqualTo("next"));
        Assert.That(
            _directory.Asked,
            Is.EqualTo([
                (
                    _ports.Id,
                    new UserFilter("ann", "support", UserStatus.Disabled),
                    new PageRequest(7, "cursor"),
                    Given.Now
                ),
            ])
        );
    }

    [Test]
    public async Task Passes_on_that_a_cursor_is_wrong()
    {
        _directory.Page = CommonErrors.InvalidCursor;
        Assert.That((await ListAsync(new(null, null, null, 1, "x"))).Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [Test]
    public async Task Refuses_a_role_that_is_none()
    {
        var error = (await ListAsync(new(null, "king", null, 1, null))).Error!;
        Assert.That(error.Fields!.Select(field => $"{field.Path[0]} {field.Code}"), Is.EqualTo(["role not_allowed"]));
        Assert.That(_directory.Asked, Is.Empty);
    }

    [TestCase(null, null, null, 50, "")]
    [TestCase("a", "admin", "active", 1, "")]
    [TestCase("a\0", null, null, 50, "q: invalid_format")]
    [TestCase(null, "", null, 50, "role: required")]
    [TestCase(null, null, "Active", 50, "status: not_allowed")]
    [TestCase(null, null, null, 0, "limit: out_of_range")]
    [TestCase(null, null, null, 201, "limit: out_of_range")]
    public void Has_a_shape(string? q, string? role, string? status, int limit, string error) =>
        Assert.That(
            new ListUsersValidator().ErrorTextOf(new ListUsersQuery(q, role, status, limit, null)),
            Is.EqualTo(error)
        );

    private Task<Result<PageDto<AdminUserDto>>> ListAsync(ListUsersQuery query) =>
        new ListUsersHandler(_ports, _directory, Given.Mapper, Given.Clock()).Handle(query, default);
}
