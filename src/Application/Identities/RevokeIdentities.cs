using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Application.Identities;

/// <summary>Revokes, at their providers, the grants of identities that were removed.</summary>
public sealed record RevokeIdentitiesCommand : IRequest<Result>;

internal sealed partial class RevokeIdentitiesHandler(
    IIdentityRevocations revocations,
    IIdentityGrants grants,
    ILogger<RevokeIdentitiesHandler> logger,
    TimeProvider clock
) : IRequestHandler<RevokeIdentitiesCommand, Result>
{
    // Even if each attempt takes its whole time limit, the batch ends within the lease.
    private const int BatchSize = 10;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    public async Task<Result> Handle(RevokeIdentitiesCommand request, CancellationToken cancellationToken)
    {
        IReadOnlyList<IdentityRevocation> due;
        do
        {
            due = await revocations.TakeDueAsync(clock.Now(), BatchSize, Lease, cancellationToken);
            foreach (var revocation in due)
            {
                await RevokeAsync(revocation, cancellationToken);
            }
        } while (due.Count > 0);

        return Result.Success;
    }

    private async Task RevokeAsync(IdentityRevocation revocation, CancellationToken cancellationToken)
    {
        var outcome = await grants.RevokeAsync(revocation.Provider, revocation.Grant, cancellationToken);
        if (outcome == RevocationOutcome.Failed && revocation.TryPostpone(clock.Now()))
        {
            await revocations.StoreAsync(revocation, CancellationToken.None);
            return;
        }

        if (outcome == RevocationOutcome.Failed)
        {
            LogGivenUp(revocation.Provider, revocation.Attempts);
        }

        await revocations.RemoveAsync(revocation.Id, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Error, "A grant of {Provider} was not revoked in {Attempts} attempts and is given up")]
    private partial void LogGivenUp(string provider, int attempts);
}
