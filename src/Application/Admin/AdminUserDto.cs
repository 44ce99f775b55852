using AutoMapper;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;

namespace Fitnessify.Application.Admin;

/// <summary>A user, as admins see them.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Kind">Whether the user has registered.</param>
/// <param name="Username">As typed at registration; a guest's is the server's.</param>
/// <param name="Email">As typed at registration; null for a guest, and for an account that has only passkeys, or identities without a verified address.</param>
/// <param name="EmailConfirmed">Whether the address is confirmed.</param>
/// <param name="DisplayName">1 to 80 characters, or null.</param>
/// <param name="Locale">The language of mails, as a language tag (BCP 47).</param>
/// <param name="TimeZone">IANA name: where the user lives.</param>
/// <param name="SignInMethods">How the user can sign in: <c>password</c>, <c>passkey</c>, and the providers of linked identities.</param>
/// <param name="Roles">For instance <c>member</c>.</param>
/// <param name="Permissions">What the roles permit, for instance <c>users:read</c>.</param>
/// <param name="CreatedAt">UTC, milliseconds.</param>
/// <param name="Status">Whether the account may be used.</param>
/// <param name="MfaEnabled">Whether sign-in takes a second factor.</param>
/// <param name="LastSignInAt">UTC; null before the first, and when it is longer ago than the audit trail reaches.</param>
/// <param name="Sessions">How many devices are signed in.</param>
public sealed record AdminUserDto(
    Guid Id,
    AccountKind Kind,
    string Username,
    string? Email,
    bool EmailConfirmed,
    string? DisplayName,
    string Locale,
    string TimeZone,
    IReadOnlyList<string> SignInMethods,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    DateTimeOffset CreatedAt,
    UserStatus Status,
    bool MfaEnabled,
    DateTimeOffset? LastSignInAt,
    int Sessions
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<ManagedUser, AdminUserDto>();
    }
}
