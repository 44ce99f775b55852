namespace Fitnessify.Domain.Accounts;

/// <summary>What an account stores as its address when it has none of its own. Nobody can own the domains (RFC 2606, 2).</summary>
public static class PlaceholderAddress
{
    /// <summary>The suffix of the address while none has been confirmed.</summary>
    public const string PendingSuffix = "@pending.invalid";

    private const string DeletedSuffix = "@deleted.invalid";

    /// <summary>Returns the address of an account with only a pending one.</summary>
    public static string OfPending(Guid id) => $"{id:N}{PendingSuffix}";

    /// <summary>Returns the address of a deleted account.</summary>
    public static string OfDeleted(Guid id) => $"{id:N}{DeletedSuffix}";

    /// <summary>Returns whether the address stands for a pending one.</summary>
    public static bool IsPending(string? email) =>
        email is not null && email.EndsWith(PendingSuffix, StringComparison.Ordinal);

    /// <summary>Returns whether the domain of the address, in any case, is one of those that are reserved for placeholders.</summary>
    public static bool IsReserved(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        return email.EndsWith(PendingSuffix, StringComparison.OrdinalIgnoreCase)
            || email.EndsWith(DeletedSuffix, StringComparison.OrdinalIgnoreCase);
    }
}
