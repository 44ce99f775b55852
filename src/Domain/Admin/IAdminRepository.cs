namespace Fitnessify.Domain.Admin;

/// <summary>What only admins and the operator of the server do to accounts, in the unit of work. Live tokens of the account know of it at once on this instance.</summary>
public interface IAdminRepository
{
    /// <summary>
    /// Makes the next save depend on <see cref="AdminAction.Authorize"/>, decided in its transaction, one such save at a time: it
    /// fails with that error, or with <c>last_admin</c> when no active admin would remain, and nothing is written.
    /// </summary>
    void Require(AdminAction action);

    /// <summary>Gives the account these roles and no others.</summary>
    void SetRoles(Guid userId, IReadOnlyCollection<string> roles);
}
