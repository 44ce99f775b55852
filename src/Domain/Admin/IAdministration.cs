using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Admin;

/// <summary>
/// What admins change in accounts. All of it takes part in the unit of work; live tokens of the account know of it at once
/// on this instance.
/// </summary>
public interface IAdministration
{
    /// <summary>
    /// Makes the next save depend on <see cref="AdminAction.Authorize"/>, decided in its transaction, one such save at a time: it
    /// fails with that error, or with <c>last_admin</c> when no active admin would remain, and nothing is written.
    /// </summary>
    void Guard(AdminAction act);

    /// <summary>Gives the account these roles and no others.</summary>
    void SetRoles(Guid userId, IReadOnlyCollection<string> roles);

    /// <summary>Disables the account from this time on (UTC), or enables it with null; one that is disabled already keeps its time.</summary>
    void SetDisabled(Guid userId, DateTimeOffset? at);

    /// <summary>Ends all sessions of the account.</summary>
    void EndSessions(Guid userId, SessionEnd reason, DateTimeOffset now);
}
