using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Admin;

/// <summary>A directory of one user and the roles of the first migration; it keeps what it was asked for.</summary>
internal sealed class Directory : IUserDirectory
{
    public static readonly ManagedUser User = new(
        Guid.NewGuid(),
        "ann",
        "ann@example.com",
        true,
        Given.Now.AddDays(-9),
        [Roles.Member],
        [],
        UserStatus.Active,
        false,
        Given.Now.AddDays(-1),
        2
    );

    public List<(Guid CallerId, UserFilter Filter, PageRequest Page, DateTimeOffset Now)> Asked { get; } = [];

    public Result<Page<ManagedUser>> Page { get; set; } = new Page<ManagedUser>([User], "next");

    public Task<Result<Page<ManagedUser>>> ListAsync(
        Guid callerId,
        UserFilter filter,
        PageRequest page,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        Asked.Add((callerId, filter, page, now));
        return Task.FromResult(Page);
    }

    public Task<ManagedUser?> FindAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(id == User.Id && now == Given.Now ? User : null);

    public Task<IReadOnlyList<Role>> ListRolesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Role>>([
            new(Roles.Admin, [.. Permissions.All]),
            new(Roles.Member, []),
            new(Roles.Support, [Permissions.ReadAudit, Permissions.ReadUsers]),
        ]);
}
