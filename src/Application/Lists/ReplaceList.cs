using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using MediatR;

namespace Fitnessify.Application.Lists;

/// <summary>Creates or replaces the list with an id that the client chooses, so that a retry is harmless.</summary>
/// <param name="Id">UUID, chosen by the client.</param>
/// <param name="Body">What it says.</param>
/// <param name="Precondition">The precondition of the request.</param>
public sealed record ReplaceListCommand(Guid Id, ListInput Body, Precondition Precondition)
    : IRequest<Result<Replaced<ListDto>>>;

internal sealed class ReplaceListValidator : RequestValidator<ReplaceListCommand>
{
    public ReplaceListValidator() => RuleFor(command => command.Body).SetValidator(new ListInputValidator());
}

internal sealed class ReplaceListHandler(ICurrentUser currentUser, ListWriter writer)
    : IRequestHandler<ReplaceListCommand, Result<Replaced<ListDto>>>
{
    public Task<Result<Replaced<ListDto>>> Handle(ReplaceListCommand request, CancellationToken cancellationToken)
    {
        var fields = request.Body.ToFields();
        return writer.ReplaceAsync(
            request.Id,
            request.Precondition,
            now => TaskList.Create(request.Id, currentUser.Id, fields, now),
            list => list.Has(fields),
            (list, now) =>
            {
                list.Restore(now);
                list.Edit(fields, now);
                return Result.Success;
            },
            cancellationToken
        );
    }
}
