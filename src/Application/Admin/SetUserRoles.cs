using System.Globalization;
using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Gives a user these roles and no others, but <c>member</c>, which everyone has. A guest has no other.</summary>
/// <param name="Id">The user.</param>
/// <param name="Body">The roles.</param>
public sealed record SetUserRolesCommand(Guid Id, RolesInput Body) : IRequest<Result<AdminUserDto>>;

internal sealed class SetUserRolesValidator : RequestValidator<SetUserRolesCommand>
{
    public SetUserRolesValidator() => RuleFor(command => command.Body).SetValidator(new RolesInputValidator());
}

internal sealed class SetUserRolesHandler(
    IUserDirectory directory,
    IAccountRepository accounts,
    IAdminRepository admin,
    AdminUnitOfWork acts,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<SetUserRolesCommand, Result<AdminUserDto>>
{
    public async Task<Result<AdminUserDto>> Handle(SetUserRolesCommand request, CancellationToken cancellationToken)
    {
        var known = await directory.ListRolesAsync(cancellationToken);
        var unknown = request
            .Body.Roles.Select(
                (name, index) =>
                    AdminRules.UnknownRole(known, name, "roles", index.ToString(CultureInfo.InvariantCulture))
            )
            .OfType<FieldError>()
            .ToList();
        if (unknown.Count > 0)
        {
            return CommonErrors.Validation(unknown);
        }

        IReadOnlyCollection<string> roles = [.. request.Body.Roles.Append(Roles.Member).Distinct()];
        // A member is never a guest again, so that this need not be looked up in the transaction.
        if (roles.Count > 1 && await accounts.FindCredentialsAsync(request.Id, cancellationToken) is { IsGuest: true })
        {
            return GuestErrors.NotRegistered;
        }

        admin.SetRoles(request.Id, roles);
        var saved = await acts.SaveAsync(
            request.Id,
            Permissions.ManageRoles,
            AuditEventType.RolesChanged,
            cancellationToken,
            roles
        );
        if (!saved.IsSuccess)
        {
            return saved.Error;
        }

        var user = await directory.FindAsync(request.Id, clock.Now(), cancellationToken);
        return user is null ? CommonErrors.NotFound : mapper.Map<AdminUserDto>(user);
    }
}
