namespace Fitnessify.Domain.Users;

/// <summary>
/// What a client holds for the minutes between two steps of one act, such as password and code of one sign-in. Each works
/// once, for its purpose.
/// </summary>
public interface ITickets
{
    /// <summary>Makes a ticket, in the unit of work: it works once that is saved.</summary>
    /// <param name="purpose">What the second step is.</param>
    /// <param name="userId">Whose, where that is known already.</param>
    /// <param name="content">What the second step needs to know of the first.</param>
    /// <param name="now">UTC.</param>
    string Issue(TicketPurpose purpose, Guid? userId, string? content, DateTimeOffset now);

    /// <summary>What the ticket says; null when it is expired, or was not issued here for this purpose. Whether it is used shows in <see cref="Use"/>.</summary>
    Ticket? Read(TicketPurpose purpose, string ticket, DateTimeOffset now);

    /// <summary>Uses the ticket up, in the unit of work. That it was used or withdrawn already shows when that is saved: as <c>mfa_code_invalid</c> or <c>passkey_invalid</c>, by its purpose.</summary>
    void Use(Ticket ticket);

    /// <summary>Withdraws all tickets of a user, in the unit of work: what they rest on has changed.</summary>
    void Withdraw(Guid userId);
}

/// <summary>What the second step is. The database stores the name.</summary>
public enum TicketPurpose
{
    /// <summary>The code after the right password.</summary>
    SignInCode,

    /// <summary>What the authenticator has made, after what it was asked for.</summary>
    NewPasskey,

    /// <summary>The same at a sign-in.</summary>
    PasskeyLogin,
}

/// <summary>What a ticket says.</summary>
/// <param name="Id">Random.</param>
/// <param name="Purpose">What the second step is.</param>
/// <param name="UserId">Whose, where that was known.</param>
/// <param name="Content">What the second step needs to know of the first.</param>
public sealed record Ticket(Guid Id, TicketPurpose Purpose, Guid? UserId, string? Content)
{
    /// <summary>From its issue on.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
}
