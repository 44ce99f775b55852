using AutoMapper;
using Fitnessify.Domain.Audit;

namespace Fitnessify.Application.Audit;

/// <summary>Something that happened to an account.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Type">What; expect more of them in time.</param>
/// <param name="At">UTC, milliseconds.</param>
/// <param name="Outcome">Done or refused.</param>
/// <param name="IpAddress">Where it came from, or null.</param>
/// <param name="Device">What the app calls the device, or null.</param>
/// <param name="SessionId">The session it was done in or to, or null.</param>
/// <param name="ActorId">Who did it; null when nobody was signed in.</param>
/// <param name="SubjectId">To whose account.</param>
/// <param name="Method">How, of a sign-in; else null. Expect more of them in time.</param>
public sealed record SecurityEventDto(
    Guid Id,
    AuditEventType Type,
    DateTimeOffset At,
    AuditOutcome Outcome,
    string? IpAddress,
    string? Device,
    Guid? SessionId,
    Guid? ActorId,
    Guid? SubjectId,
    SignInMethod? Method
)
{
    /// <summary>As its subject may see it: of somebody else's act they learn what and when, not from where.</summary>
    internal SecurityEventDto SeenBy(Guid userId) =>
        ActorId is null || ActorId == userId ? this : this with { IpAddress = null, Device = null, SessionId = null };

    private sealed class Map : Profile
    {
        public Map() => CreateMap<AuditEvent, SecurityEventDto>();
    }
}
