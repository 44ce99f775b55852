using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Deletes a user and all that belongs to them, for good.</summary>
/// <param name="Id">The user.</param>
public sealed record DeleteUserCommand(Guid Id) : IRequest<Result>;

internal sealed class DeleteUserHandler(AccountDeletion removal, AdminUnitOfWork acts)
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
