using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Deletes a user and all that belongs to them, for good.</summary>
/// <param name="Id">The user.</param>
public sealed record DeleteUserCommand(Guid Id) : IRequest<Result>;

internal sealed class DeleteUserHandler(AccountRemoval removal, AdminActs acts)
    : IRequestHandler<DeleteUserCommand, Result>
{
    public async Task<Result> Handle(DeleteUserCommand request, CancellationToken cancellationToken) =>
        await removal.RemoveAsync(request.Id, cancellationToken)
            ? await acts.SaveAsync(
                request.Id,
                Permissions.ManageUsers,
                AuditEventType.AccountDeleted,
                cancellationToken
            )
            : CommonErrors.NotFound;
}
