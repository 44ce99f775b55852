using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Lists;

/// <summary>Changes a list where the patch says something.</summary>
/// <param name="Id">The list.</param>
/// <param name="Body">The patch.</param>
/// <param name="Precondition">The precondition of the request.</param>
public sealed record PatchListCommand(Guid Id, ListPatch Body, Precondition Precondition) : IRequest<Result<ListDto>>;

internal sealed class PatchListValidator : RequestValidator<PatchListCommand>
{
    public PatchListValidator() => RuleFor(command => command.Body).SetValidator(new ListPatchValidator());
}

internal sealed class PatchListHandler(ListWriter writer) : IRequestHandler<PatchListCommand, Result<ListDto>>
{
    public Task<Result<ListDto>> Handle(PatchListCommand request, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            request.Id,
            request.Precondition,
            (list, now) =>
            {
                list.Edit(request.Body.ApplyTo(list.Fields), now);
                return Result.Success;
            },
            includesDeleted: false,
            cancellationToken
        );
}
