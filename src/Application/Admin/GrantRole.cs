using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Gives a user one more role, on behalf of the operator of the server: no route does this.</summary>
/// <param name="Username">In any case.</param>
/// <param name="Role">For instance <c>admin</c>.</param>
public sealed record GrantRoleCommand(string Username, string Role) : IRequest<Result>;

internal sealed class GrantRoleValidator : RequestValidator<GrantRoleCommand>
{
    public GrantRoleValidator() => RuleFor(command => command.Role).Role();
}

internal sealed class GrantRoleHandler(IAccountRepository accounts, IUserDirectory directory, AdminUnitOfWork acts)
    : IRequestHandler<GrantRoleCommand, Result>
{
    public async Task<Result> Handle(GrantRoleCommand request, CancellationToken cancellationToken)
    {
        var known = await directory.ListRolesAsync(cancellationToken);
        if (AdminRules.UnknownRole(known, request.Role, "role") is { } unknown)
        {
            return CommonErrors.Validation(unknown);
        }

        var credentials = await accounts.FindCredentialsAsync(request.Username, cancellationToken);
        var user = credentials is null ? null : await accounts.FindProfileAsync(credentials.UserId, cancellationToken);
        return user is null ? CommonErrors.NotFound
            : user.Kind == AccountKind.Guest ? GuestErrors.NotRegistered
            : await acts.SaveRolesAsOperatorAsync(
                user.Id,
                [.. user.Roles.Append(request.Role).Distinct()],
                cancellationToken
            );
    }
}
