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

    /// <summary>The longest display name in UTF-16 units.</summary>
    public const int DisplayNameMaxLength = 80;

    /// <summary>The longest language tag that is accepted (RFC 5646, 4.4.1).</summary>
    public const int LocaleMaxLength = 35;

    /// <summary>The longest time zone in UTF-16 units; the longest IANA name has half of it.</summary>
    public const int TimeZoneMaxLength = 64;

    /// <summary>The language of an account that has chosen none.</summary>
    public const string DefaultLocale = "en";

    /// <summary>The time zone of an account that has chosen none.</summary>
    public const string DefaultTimeZone = "UTC";

    /// <summary>The longest e-mail address in UTF-16 units (RFC 5321, 4.5.3.1.3, without the angle brackets).</summary>
    public const int EmailMaxLength = 254;

    /// <summary>The longest part before the @ in UTF-16 units (RFC 5321, 4.5.3.1.1).</summary>
    public const int EmailLocalPartMaxLength = 64;

    private Account() { }

    /// <summary>UUID, version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>Whether the user has registered.</summary>
    public AccountKind Kind { get; private set; }

    /// <summary>
    /// The digest of the key that a guest's app has chosen; unique. It finds the guest again while the answer with the tokens
    /// may have got lost; null for a member.
    /// </summary>
    public byte[]? GuestKeyHash { get; private set; }

    /// <summary>The username as it was typed; unique in any case.</summary>
    public string Username { get; private set; } = "";

    /// <summary>The key under which the username is unique; see <see cref="Normalize"/>.</summary>
    public string NormalizedUsername { get; private set; } = "";

    /// <summary>
    /// The address of the account, or the placeholder that stands for it, see <see cref="AddressOf"/>; null for a guest, and for an
    /// account that has only passkeys, or identities without a verified address.
    /// </summary>
    public string? Email { get; private set; }

    /// <summary>The key under which the address is unique, see <see cref="Normalize"/>; null without an address.</summary>
    public string? NormalizedEmail { get; private set; }

    /// <summary>Whether the user has proven that they can read mail sent to <see cref="Email"/>.</summary>
    public bool EmailConfirmed { get; private set; }

    /// <summary>
    /// The address that replaces <see cref="Email"/> once it is confirmed, or null. It is not unique: several accounts may
    /// request the same one.
    /// </summary>
    public string? PendingEmail { get; private set; }

    /// <summary>The key under which the pending address is found; not unique.</summary>
    public string? NormalizedPendingEmail { get; private set; }

    /// <summary>The hash that <see cref="Auth.IPasswordHashing"/> made of the password; null for an account without one.</summary>
    public string? PasswordHash { get; private set; }

    /// <summary>
    /// The stamp is replaced when the password, MFA, the address or the status changes; a verification made before the change
    /// is then no longer valid.
    /// </summary>
    public string SecurityStamp { get; private set; } = "";

    /// <summary>Whether sign-in takes a second factor.</summary>
    public bool MfaEnabled { get; private set; }

    /// <summary>The name that is shown to people, or null.</summary>
    public string? DisplayName { get; private set; }

    /// <summary>The language of mails, as a language tag (BCP 47).</summary>
    public string Locale { get; private set; } = DefaultLocale;

    /// <summary>The IANA name of the time zone in which the user lives.</summary>
    public string TimeZone { get; private set; } = DefaultTimeZone;

    /// <summary>The time of the registration in UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The time at which the account was disabled, in UTC; null while it is active.</summary>
    public DateTimeOffset? DisabledAt { get; private set; }

    /// <summary>The time of the deletion in UTC, or null. A deleted account is kept only until a job has erased its data.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The address that is shown to the user, or null.</summary>
    public string? Address => AddressOf(Email, PendingEmail);

    /// <summary>Creates an account.</summary>
    /// <param name="username">The username as it was typed.</param>
    /// <param name="email">The address as it was typed, or null.</param>
    /// <param name="passwordHash">The hash of the password; null if the user signs in without one.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="emailConfirmed">Whether the address is confirmed from the start.</param>
    /// <param name="isEmailPending">
    /// Whether the address stays pending until it is confirmed; until then other accounts may request it too.
    /// </param>
    public static Account Register(
        string username,
        string? email,
        string? passwordHash,
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
        account.SetFirstEmail(email, emailConfirmed, isEmailPending);
        return account;
    }

    /// <summary>Creates the account of a guest. It has no address, and nothing to sign in with.</summary>
    /// <param name="username">A username of the server's.</param>
    /// <param name="keyHash">The digest of the key that the app has chosen.</param>
    /// <param name="now">The current time in UTC.</param>
    public static Account StartGuest(string username, byte[] keyHash, DateTimeOffset now)
    {
        var guest = Register(username, email: null, passwordHash: null, now);
        (guest.Kind, guest.GuestKeyHash) = (AccountKind.Guest, keyHash);
        return guest;
    }

    /// <summary>Registers a guest, who is a member from then on. The parameters are those of <see cref="Register"/>.</summary>
    public void BecomeMember(
        string username,
        string? email = null,
        string? passwordHash = null,
        bool emailConfirmed = false,
        bool isEmailPending = false
    )
    {
        (Kind, GuestKeyHash) = (AccountKind.Member, null);
        Rename(username);
        PasswordHash = passwordHash;
        SetFirstEmail(email, emailConfirmed, isEmailPending);
        SecurityStamp = NewStamp();
    }

    /// <summary>Changes the username. If it is taken, the save fails with <c>username_taken</c>.</summary>
    public void Rename(string username) => (Username, NormalizedUsername) = (username, Normalize(username));

    /// <summary>Replaces what the user says about themselves.</summary>
    public void ChangeProfile(string? displayName, string locale, string timeZone) =>
        (DisplayName, Locale, TimeZone) = (displayName, locale, timeZone);

    /// <summary>Stores the new address as pending until the link that is mailed to it is opened.</summary>
    public void RequestEmailChange(string email) => SetPendingEmail(email);

    /// <summary>
    /// Removes the pending address that was to replace the present one; its confirmation link no longer works. A first address
    /// stays, because the account has no other.
    /// </summary>
    public void CancelEmailChange()
    {
        if (!PlaceholderAddress.IsPending(Email))
        {
            SetPendingEmail(null);
        }
    }

    /// <summary>Replaces an unconfirmed address by another unconfirmed one.</summary>
    public void CorrectEmail(string email)
    {
        if (PlaceholderAddress.IsPending(Email))
        {
            SetPendingEmail(email);
        }
        else
        {
            SetEmail(email);
        }

        SecurityStamp = NewStamp();
    }

    /// <summary>Confirms the present or the pending address. A different pending address stays pending.</summary>
    public void ConfirmEmail(string email)
    {
        // The first confirmation of the present address invalidates no earlier verification, so the stamp stays.
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

    /// <summary>
    /// Replaces the password and cancels a change of the address, because an intruder with the old password may have requested it.
    /// </summary>
    public void ChangePassword(string passwordHash)
    {
        PasswordHash = passwordHash;
        CancelEmailChange();
        SecurityStamp = NewStamp();
    }

    /// <summary>Replaces a forgotten password. The token was mailed to this address, so the address is confirmed too.</summary>
    public void ResetPassword(string passwordHash, string email)
    {
        ConfirmEmail(email);
        ChangePassword(passwordHash);
    }

    /// <summary>Stores a stronger hash of the same password; the security stamp stays.</summary>
    public void Rehash(string passwordHash) => PasswordHash = passwordHash;

    /// <summary>Disables the account. If it is disabled already, the first time is kept.</summary>
    public void Disable(DateTimeOffset now)
    {
        if (DisabledAt is null)
        {
            DisabledAt = now;
            SecurityStamp = NewStamp();
        }
    }

    /// <summary>Enables a disabled account.</summary>
    public void Enable()
    {
        if (DisabledAt is not null)
        {
            DisabledAt = null;
            SecurityStamp = NewStamp();
        }
    }

    /// <summary>Removes all personal data from the account and frees its username and addresses.</summary>
    public void Delete(DateTimeOffset now)
    {
        DeletedAt = now;
        // Nobody can register this username, because usernames begin with a letter or digit.
        Username = NormalizedUsername = $"-{Convert.ToBase64String(Id.ToByteArray())}";
        Email = NormalizedEmail = PlaceholderAddress.OfDeleted(Id);
        SetPendingEmail(null);
        (PasswordHash, GuestKeyHash) = (null, null);
        SecurityStamp = NewStamp();
    }

    /// <summary>Returns the address that is shown, or null: the pending one while the account has only a placeholder.</summary>
    public static string? AddressOf(string? email, string? pendingEmail) =>
        PlaceholderAddress.IsPending(email) ? pendingEmail ?? email : email;

    /// <summary>
    /// Returns the case-insensitive key of a username or address, as ASP.NET Core Identity's
    /// <c>UpperInvariantLookupNormalizer</c> does.
    /// </summary>
    public static string Normalize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Normalize().ToUpperInvariant();
    }

    /// <summary>Creates a new value for <see cref="SecurityStamp"/>.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private void SetFirstEmail(string? email, bool isConfirmed, bool isPending)
    {
        SetEmail(isPending ? PlaceholderAddress.OfPending(Id) : email);
        EmailConfirmed = isConfirmed;
        SetPendingEmail(isPending ? email : null);
    }

    private void SetEmail(string? email) => (Email, NormalizedEmail) = (email, email is null ? null : Normalize(email));

    private void SetPendingEmail(string? email) =>
        (PendingEmail, NormalizedPendingEmail) = (email, email is null ? null : Normalize(email));
}
