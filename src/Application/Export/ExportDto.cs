using AutoMapper;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Export;

/// <summary>All that is stored about a user, but for the hash of the password and what else is secret.</summary>
/// <param name="ExportedAt">UTC.</param>
/// <param name="User">The account.</param>
/// <param name="PendingEmail">The address that takes the place of the present one when it is confirmed, or null.</param>
/// <param name="Mfa">The second factor, without its secrets.</param>
/// <param name="Passkeys">Without their keys, oldest first.</param>
/// <param name="Identities">The linked identities, oldest first.</param>
/// <param name="Sessions">All sign-ins that are still known, oldest first.</param>
/// <param name="Devices">The devices that are notified, the latest seen first.</param>
/// <param name="SecurityEvents">What was done to or by the user, oldest first.</param>
/// <param name="Lists">Deleted ones included, as long as their deletion is remembered.</param>
/// <param name="Tasks">Those in the trash included.</param>
/// <param name="NotificationSettings">How the user wants to be told.</param>
/// <param name="Notifications">What the user was told, oldest first.</param>
/// <param name="Mails">What was or is to be mailed, oldest first.</param>
public sealed record ExportDto(
    DateTimeOffset ExportedAt,
    UserDto User,
    string? PendingEmail,
    ExportedMfaDto Mfa,
    IReadOnlyList<PasskeyDto> Passkeys,
    IReadOnlyList<ExportedIdentityDto> Identities,
    IAsyncEnumerable<ExportedSessionDto> Sessions,
    IReadOnlyList<ExportedDeviceDto> Devices,
    IAsyncEnumerable<SecurityEventDto> SecurityEvents,
    IAsyncEnumerable<ExportedListDto> Lists,
    IAsyncEnumerable<ExportedTaskDto> Tasks,
    NotificationSettingsDto NotificationSettings,
    IAsyncEnumerable<NotificationDto> Notifications,
    IAsyncEnumerable<ExportedMailDto> Mails
);

/// <summary>The second factor, as it stands.</summary>
/// <param name="Enabled">Whether sign-in takes one.</param>
/// <param name="EnabledAt">UTC; null while it is off.</param>
/// <param name="RecoveryCodesLeft">How many have not been used.</param>
public sealed record ExportedMfaDto(bool Enabled, DateTimeOffset? EnabledAt, int RecoveryCodesLeft)
{
    internal static ExportedMfaDto From(MfaStatus factor) =>
        new(factor.IsEnabled, factor.EnabledAt, factor.RecoveryCodesLeft);
}

/// <summary>A linked identity, as it is stored, but for what revokes the consent.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Provider">The name of the provider.</param>
/// <param name="Issuer">The issuer of its ID tokens.</param>
/// <param name="Subject">The identifier of the user at the issuer.</param>
/// <param name="Email">The verified address that the identity had when it was linked, or null.</param>
/// <param name="CreatedAt">UTC; the time of the link.</param>
public sealed record ExportedIdentityDto(
    Guid Id,
    string Provider,
    string Issuer,
    string Subject,
    string? Email,
    DateTimeOffset CreatedAt
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<LinkedIdentity, ExportedIdentityDto>();
    }
}

/// <summary>A mail, as it is stored.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Kind">What it tells of.</param>
/// <param name="Address">Where it goes; null for the address of the account.</param>
/// <param name="Data">What it says besides the words of its kind.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="FinishedAt">UTC; null while it is to be sent.</param>
public sealed record ExportedMailDto(
    Guid Id,
    MailKind Kind,
    string? Address,
    IReadOnlyDictionary<string, string> Data,
    OutboxStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<OutboxMail, ExportedMailDto>();
    }
}

/// <summary>A session, as it is stored.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Device">What the app called it at sign-in, or null.</param>
/// <param name="IpAddress">Where the sign-in or the latest refresh came from, or null.</param>
/// <param name="IdentityId">The identity that signed in, or null.</param>
/// <param name="CreatedAt">UTC; the sign-in.</param>
/// <param name="LastUsedAt">UTC.</param>
/// <param name="RefreshedAt">UTC, or null.</param>
/// <param name="ReauthenticatedUntil">UTC; until when its latest reauthentication holds at most, or null.</param>
/// <param name="ExpiresAt">UTC.</param>
/// <param name="RevokedAt">UTC; null unless it was ended.</param>
/// <param name="RevokedReason">Why it was ended, or null.</param>
public sealed record ExportedSessionDto(
    Guid Id,
    string? Device,
    string? IpAddress,
    Guid? IdentityId,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset? RefreshedAt,
    DateTimeOffset? ReauthenticatedUntil,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt,
    SessionEnd? RevokedReason
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<Session, ExportedSessionDto>();
    }
}

/// <summary>A list, as it is stored.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Name">As written.</param>
/// <param name="Color">As written, or null.</param>
/// <param name="Position">Its place among the lists.</param>
/// <param name="ArchivedAt">UTC; null unless it is archived.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
/// <param name="DeletedAt">UTC; null unless it is deleted.</param>
/// <param name="Version">Its place among the user's changes.</param>
public sealed record ExportedListDto(
    Guid Id,
    string Name,
    string? Color,
    string Position,
    DateTimeOffset? ArchivedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? DeletedAt,
    long Version
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<TaskList, ExportedListDto>();
    }
}

/// <summary>A task, as it is stored.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Title">As written.</param>
/// <param name="Description">As written, or null.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Priority">How much it matters.</param>
/// <param name="Due">When it is due, as it was said, or null.</param>
/// <param name="DueAt">UTC; the moment that comes of due, or null.</param>
/// <param name="DueTimeZone">The time zone in which that moment was computed, or null.</param>
/// <param name="Reminders">Minutes before it is due.</param>
/// <param name="Alerts">What the user has been notified of, so that nothing is repeated.</param>
/// <param name="Labels">As written.</param>
/// <param name="ListId">The list that it is in, or null.</param>
/// <param name="Position">Its place among the tasks.</param>
/// <param name="Checklist">Its steps by their keys.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC.</param>
/// <param name="CompletedAt">UTC; null unless done.</param>
/// <param name="DeletedAt">UTC; null unless it is in the trash.</param>
/// <param name="Version">Its place among the user's changes.</param>
public sealed record ExportedTaskDto(
    Guid Id,
    string Title,
    string? Description,
    TaskItemStatus Status,
    TaskPriority Priority,
    DueDto? Due,
    DateTimeOffset? DueAt,
    string? DueTimeZone,
    IReadOnlyList<int> Reminders,
    IReadOnlyList<ExportedAlertDto> Alerts,
    IReadOnlyList<string> Labels,
    Guid? ListId,
    string Position,
    IReadOnlyDictionary<string, ChecklistItemDto> Checklist,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? DeletedAt,
    long Version
)
{
    private sealed class Map : Profile
    {
        public Map()
        {
            CreateMap<TaskItem, ExportedTaskDto>()
                .ForCtorParam("Alerts", parameter => parameter.MapFrom(task => task.Alerts.Raised));
            CreateMap<TaskAlert, ExportedAlertDto>();
        }
    }
}

/// <summary>Something about a task that the user has been notified of.</summary>
/// <param name="MinutesBefore">The minutes before it is due of a reminder; null for the notification that it is overdue.</param>
/// <param name="Due">When it was due then, as it was said.</param>
/// <param name="DueAt">UTC; when it was due then.</param>
/// <param name="Snoozes">How often it was told again after a snooze.</param>
/// <param name="SnoozedUntil">UTC; when it is told again, or null.</param>
public sealed record ExportedAlertDto(
    int? MinutesBefore,
    string Due,
    DateTimeOffset DueAt,
    int Snoozes,
    DateTimeOffset? SnoozedUntil
);
