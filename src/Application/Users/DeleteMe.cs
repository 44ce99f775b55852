using Fitnessify.Application.Common;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Users;

/// <summary>Deletes the own account and all that belongs to it, for good.</summary>
/// <param name="Password">Asked for again.</param>
public sealed record DeleteMeCommand(string Password) : IRequest<Result>;

internal sealed class DeleteMeValidator : RequestValidator<DeleteMeCommand>
{
    public DeleteMeValidator() => RuleFor(command => command.Password).Password();
}

internal sealed class DeleteMeHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    AccountRemoval removal,
    IAdministration administration,
    IAuditTrail audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<DeleteMeCommand, Result>
{
    public async Task<Result> Handle(DeleteMeCommand request, CancellationToken cancellationToken)
    {
        var confirmed = await reauthentication.ConfirmAsync(request.Password, cancellationToken);
        if (!confirmed.IsSuccess)
        {
            return confirmed.Error;
        }

        if (!await removal.RemoveAsync(currentUser.Id, cancellationToken))
        {
            return SessionErrors.SessionRevoked;
        }

        administration.Guard(new AdminAct(currentUser.Id, currentUser.Id));
        audit.Add(AuditEvent.OfDeleted(currentUser.Id, clock.Now()));
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
