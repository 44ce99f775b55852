using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Accounts;

/// <summary>Deletes the own account and all that belongs to it, for good.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
/// <param name="Code">With the second factor on: six digits from the app; or else a recovery code.</param>
/// <param name="RecoveryCode">In place of a code.</param>
public sealed record DeleteMeCommand(string? Password = null, string? Code = null, string? RecoveryCode = null)
    : IRequest<Result>,
        IReauthenticated
{
    /// <summary>With the second factor on: six digits from the app; or else a recovery code.</summary>
    public string? Code { get; } = MfaCodeInput.Read(Code);

    /// <summary>In place of a code.</summary>
    public string? RecoveryCode { get; } = MfaCodeInput.ReadRecovery(RecoveryCode);
}

internal sealed class DeleteMeValidator : RequestValidator<DeleteMeCommand>
{
    public DeleteMeValidator() => this.Reauthentication();
}

internal sealed class DeleteMeHandler(
    Reauthentication reauthentication,
    AccountDeletion removal,
    IAdminRepository admin,
    AuditLog audit,
    IUnitOfWork unitOfWork
) : IRequestHandler<DeleteMeCommand, Result>
{
    public Task<Result> Handle(DeleteMeCommand request, CancellationToken cancellationToken)
    {
        return reauthentication.ConfirmAsync(request, DeleteAsync, cancellationToken);

        async Task<Result> DeleteAsync(Credentials account)
        {
            if (!await removal.RemoveAsync(account.UserId, cancellationToken))
            {
                return SessionErrors.SessionRevoked;
            }

            admin.Require(new AdminAction(account.UserId, account.UserId));
            audit.RecordDeletion(account.UserId);
            return await unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}
