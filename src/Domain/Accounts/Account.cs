namespace Fitnessify.Domain.Accounts;

/// <summary>
/// A stored account. Changes go through its methods; where another request may change it at the same moment, the credential
/// guard compares <see cref="SecurityStamp"/> again inside the save.
/// </summary>
public sealed class Account
{
    /// <summary>UTF-16 units.</summary>
    public const int UsernameMinLength = 3;

    /// <summary>UTF-16 units.</summary>
    public const int UsernameMaxLength = 30;

    /// <summary>UTF-16 units (RFC 5321, 4.5.3.1.3 less the angle brackets).</summary>
    public const int EmailMaxLength = 254;

    /// <summary>UTF-16 units before the @ (RFC 5321, 4.5.3.1.1).</summary>
    public const int EmailLocalPartMaxLength = 64;

    /// <summary>UTF-16 units; long enough for any passphrase (ASVS 5.0, 6.2.9).</summary>
    public const int PasswordMaxLength = 128;

    /// <summary>UTF-16 units of what is accepted as password input at all; between the two limits the answer is that it is too long.</summary>
    public const int PasswordInputMaxLength = 1024;

    /// <summary>
    /// Ends the placeholder that an account stores as its address while it has none of its own. The domain belongs to nobody
    /// (RFC 2606, section 2).
    /// </summary>
    public const string PlaceholderSuffix = "@pending.invalid";

    private Account() { }

    /// <summary>UUID, version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>The username as it was typed; unique in any case.</summary>
    public string Username { get; private set; } = "";

    /// <summary>The key under which the username is unique; see <see cref="Normalize"/>.</summary>
    public string NormalizedUsername { get; private set; } = "";

    /// <summary>The address of the account, or the placeholder that stands for it; see <see cref="AddressOf"/>.</summary>
    public string Email { get; private set; } = "";

    /// <summary>The key under which the address is unique; see <see cref="Normalize"/>.</summary>
    public string NormalizedEmail { get; private set; } = "";

    /// <summary>Whether the user has shown that they read mail sent to <see cref="Email"/>.</summary>
    public bool EmailConfirmed { get; private set; }

    /// <summary>The address that replaces the present one once it is confirmed, or null. Several accounts may wait for the same one.</summary>
    public string? PendingEmail { get; private set; }

    /// <summary>The key under which the pending address is found; not unique.</summary>
    public string? NormalizedPendingEmail { get; private set; }

    /// <summary>The hash that <see cref="Auth.IPasswordHashing"/> made of the password.</summary>
    public string PasswordHash { get; private set; } = "";

    /// <summary>Changes with the password, the second factor, the address and the status: whatever was verified before the change is void after it.</summary>
    public string SecurityStamp { get; private set; } = "";

    /// <summary>Whether sign-in takes a second factor.</summary>
    public bool MfaEnabled { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>UTC; null while the account may be used.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>UTC; null while the account exists. A deleted account is only kept until a job has erased what belongs to it.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The address that people see.</summary>
    public string Address => AddressOf(Email, PendingEmail);

    /// <summary>Everything under which wrong passwords and codes of the account are counted.</summary>
    public IReadOnlyList<string> ThrottleIdentifiers =>
        [Credentials.ReauthenticationIdentifierOf(Id), Username, Address, Credentials.MfaIdentifierOf(Id)];

    /// <summary>Creates an account.</summary>
    /// <param name="username">The username as it was typed.</param>
    /// <param name="email">The address as it was typed.</param>
    /// <param name="passwordHash">The hash of the password.</param>
    /// <param name="now">UTC.</param>
    /// <param name="emailConfirmed">Whether somebody vouches for the address.</param>
    /// <param name="isEmailPending">Whether the address becomes the account's only once it is confirmed; until then others may claim it too.</param>
    public static Account Register(
        string username,
        string email,
        string passwordHash,
        DateTimeOffset now,
        bool emailConfirmed = false,
        bool isEmailPending = false
    )
    {
        var id = Guid.CreateVersion7(now);
        var account = new Account
        {
            Id = id,
            CreatedAt = now,
            PasswordHash = passwordHash,
            SecurityStamp = NewStamp(),
        };
        account.Rename(username);
        account.SetEmail(isEmailPending ? $"{id:N}{PlaceholderSuffix}" : email);
        account.EmailConfirmed = emailConfirmed;
        account.SetPendingEmail(isEmailPending ? email : null);
        return account;
    }

    /// <summary>Gives the account another username. That it is taken shows when it is saved.</summary>
    public void Rename(string username) => (Username, NormalizedUsername) = (username, Normalize(username));

    /// <summary>Lets an address wait until the link that is mailed to it is opened.</summary>
    public void RequestEmailChange(string email) => SetPendingEmail(email);

    /// <summary>Forgets the address that waits, and with it the link that was mailed to it.</summary>
    public void CancelEmailChange() => SetPendingEmail(null);

    /// <summary>Replaces an address that nobody has confirmed; the new one is not confirmed either.</summary>
    public void CorrectEmail(string email)
    {
        if (Email.EndsWith(PlaceholderSuffix, StringComparison.Ordinal))
        {
            SetPendingEmail(email);
        }
        else
        {
            SetEmail(email);
        }

        SecurityStamp = NewStamp();
    }

    /// <summary>Confirms an address, present or pending. Another one that is pending stays so.</summary>
    public void ConfirmEmail(string email)
    {
        // The first confirmation of the present address changes nothing that anybody has verified.
        if (email != Email)
        {
            SetEmail(email);
            SecurityStamp = NewStamp();
        }

        EmailConfirmed = true;
        if (email == PendingEmail)
        {
            SetPendingEmail(null);
        }
    }

    /// <summary>Replaces the password. A pending address is forgotten: somebody with the old password may have asked for it.</summary>
    public void ChangePassword(string passwordHash)
    {
        PasswordHash = passwordHash;
        SetPendingEmail(null);
        SecurityStamp = NewStamp();
    }

    /// <summary>Replaces a forgotten password, with a token that was mailed to this address and thereby confirms it.</summary>
    public void ResetPassword(string passwordHash, string email)
    {
        ConfirmEmail(email);
        ChangePassword(passwordHash);
    }

    /// <summary>Stores a stronger hash of the same password, which voids nothing.</summary>
    public void Rehash(string passwordHash) => PasswordHash = passwordHash;

    /// <summary>Keeps the user out. An account that is disabled already keeps its time.</summary>
    public void Disable(DateTimeOffset now)
    {
        if (DisabledAt is null)
        {
            DisabledAt = now;
            SecurityStamp = NewStamp();
        }
    }

    /// <summary>Lets the user in again.</summary>
    public void Enable()
    {
        if (DisabledAt is not null)
        {
            DisabledAt = null;
            SecurityStamp = NewStamp();
        }
    }

    /// <summary>Leaves nothing of the person in the account, and frees its username and addresses for others.</summary>
    public void Delete(DateTimeOffset now)
    {
        DeletedAt = now;
        // Nobody can have these: a username begins with a letter or digit, and the domain is nobody's (RFC 2606, section 2).
        Username = NormalizedUsername = $"-{Convert.ToBase64String(Id.ToByteArray())}";
        Email = NormalizedEmail = $"{Id:N}@deleted.invalid";
        SetPendingEmail(null);
        PasswordHash = "";
        SecurityStamp = NewStamp();
    }

    /// <summary>The address that people see: the pending one, as long as the account has none of its own.</summary>
    public static string AddressOf(string email, string? pendingEmail) =>
        email.EndsWith(PlaceholderSuffix, StringComparison.Ordinal) ? pendingEmail ?? email : email;

    /// <summary>The key of a username or an address, equal in any case; the same as that of ASP.NET Core Identity's <c>UpperInvariantLookupNormalizer</c>.</summary>
    public static string Normalize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Normalize().ToUpperInvariant();
    }

    /// <summary>A new value of <see cref="SecurityStamp"/>.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private void SetEmail(string email) => (Email, NormalizedEmail) = (email, Normalize(email));

    private void SetPendingEmail(string? email) =>
        (PendingEmail, NormalizedPendingEmail) = (email, email is null ? null : Normalize(email));
}
