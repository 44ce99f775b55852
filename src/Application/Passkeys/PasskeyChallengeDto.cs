using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Passkeys;

/// <summary>What to ask the authenticator of this device.</summary>
/// <param name="Ticket">To be sent back with the answer, once, within five minutes.</param>
/// <param name="Options">For <c>PublicKeyCredential.parseCreationOptionsFromJSON</c> or <c>parseRequestOptionsFromJSON</c>, and the like on other platforms.</param>
public sealed record PasskeyChallengeDto(string Ticket, IReadOnlyDictionary<string, object?> Options)
{
    /// <summary>Makes the ticket, in the unit of work.</summary>
    internal static PasskeyChallengeDto From(
        PasskeyChallenge challenge,
        TicketPurpose purpose,
        Guid? userId,
        ITickets tickets,
        TimeProvider clock
    ) =>
        new(
            tickets.Issue(purpose, userId, challenge.State, clock.Now()),
            JsonSerializer.Deserialize<Dictionary<string, object?>>(challenge.Options)!
        );
}
