namespace Fitnessify.Domain.Admin;

/// <summary>
/// Makes the changes that only admins and the operator may make, in the unit of work. This instance applies them to live
/// sessions at once.
/// </summary>
public interface IAdminRepository
{
    /// <summary>
    /// Makes the next save depend on <see cref="AdminAction.Authorize"/>, which is evaluated in its transaction; such saves run
    /// one at a time. The save fails with that error, or with <c>last_admin</c> if no active admin would remain, and writes
    /// nothing.
    /// </summary>
    void Require(AdminAction action);

    /// <summary>Replaces the roles of the account by these.</summary>
    void SetRoles(Guid userId, IReadOnlyCollection<string> roles);
}
