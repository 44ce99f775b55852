using Fitnessify.Domain.Common;
using Fitnessify.Domain.Maintenance;
using MediatR;

namespace Fitnessify.Application.Maintenance;

/// <summary>Erases the data of deleted accounts.</summary>
public sealed record EraseAccountsCommand : IRequest<Result>;

internal sealed class EraseAccountsHandler(IAccountErasure erasure) : IRequestHandler<EraseAccountsCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly, and to let SQL Server lock rows instead of the table.
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
