using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using MediatR;

namespace Fitnessify.Application.Lists;

/// <summary>Moves the tasks of deleted lists to the trash.</summary>
public sealed record EmptyDeletedListsCommand : IRequest<Result>;

internal sealed class EmptyDeletedListsHandler(IDeletedLists lists, TimeProvider clock)
    : IRequestHandler<EmptyDeletedListsCommand, Result>
{
    // A batch is small enough to hold the write lock only briefly.
    private const int BatchSize = 200;

    public async Task<Result> Handle(EmptyDeletedListsCommand request, CancellationToken cancellationToken)
    {
        while (await lists.EmptyAsync(clock.Now(), BatchSize, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Result.Success;
    }
}
