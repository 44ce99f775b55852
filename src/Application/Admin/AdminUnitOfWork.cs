using Fitnessify.Application.Audit;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Admin;

/// <summary>
/// The end of whatever an admin does to an account: only here is it guarded, recorded and saved, all in one transaction.
/// </summary>
internal sealed class AdminUnitOfWork(
    ICurrentUser currentUser,
    ICredentialGuard guard,
    IAdminRepository admin,
    AuditLog audit,
    IUnitOfWork unitOfWork
)
{
    /// <summary>Saves what the current user has changed in the account, if they may: see <see cref="AdminAction.Authorize"/>.</summary>
    /// <param name="subjectId">The account.</param>
    /// <param name="permission">What it takes.</param>
    /// <param name="type">What was done, for the audit trail.</param>
    /// <param name="roles">The roles that the account gets, if it does.</param>
    public Task<Result> SaveAsync(
        Guid subjectId,
        string permission,
        AuditEventType type,
        CancellationToken cancellationToken,
        IReadOnlyCollection<string>? roles = null
    )
    {
        guard.RequireLive(currentUser.Id, currentUser.SessionId);
        // To one's own account only with the password, and a code where the second factor is on; whose wrong tries only others forgive.
        var isForOthersOnly =
            type is AuditEventType.MfaReset or AuditEventType.AccountDeleted or AuditEventType.AccountUnlocked;
        admin.Require(new AdminAction(currentUser.Id, subjectId, permission, roles, isForOthersOnly));
        audit.RecordByAdmin(type, subjectId);
        return unitOfWork.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Gives an account roles on behalf of the operator of the server.</summary>
    public Task<Result> SaveRolesAsOperatorAsync(
        Guid subjectId,
        IReadOnlyCollection<string> roles,
        CancellationToken cancellationToken
    )
    {
        admin.SetRoles(subjectId, roles);
        admin.Require(new AdminAction(null, subjectId, Roles: roles));
        audit.RecordByOperator(AuditEventType.RolesChanged, subjectId);
        return unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
