using Fitnessify.Domain.Common;
using Fitnessify.Domain.Maintenance;
using MediatR;

namespace Fitnessify.Application.Maintenance;

/// <summary>Erases what has belonged to deleted accounts.</summary>
public sealed record EraseAccountsCommand : IRequest<Result>;

internal sealed class EraseAccountsHandler(IAccountErasure erasure) : IRequestHandler<EraseAccountsCommand, Result>
{
    // Small enough that nobody waits long for the lock, and that SQL Server locks rows and not the table.
    private const int BatchSize = 500;

    public async Task<Result> Handle(EraseAccountsCommand request, CancellationToken cancellationToken)
    {
        while (await erasure.EraseAsync(BatchSize, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Result.Success;
    }
}
