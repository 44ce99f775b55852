using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using MediatR;

namespace Fitnessify.Application.Lists;

/// <summary>Creates a list with an id that the server chooses.</summary>
/// <param name="Body">What it says.</param>
public sealed record CreateListCommand(ListInput Body) : IRequest<Result<ListDto>>;

internal sealed class CreateListValidator : RequestValidator<CreateListCommand>
{
    public CreateListValidator() => RuleFor(command => command.Body).SetValidator(new ListInputValidator());
}

internal sealed class CreateListHandler(
    ICurrentUser currentUser,
    IListRepository lists,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<CreateListCommand, Result<ListDto>>
{
    public async Task<Result<ListDto>> Handle(CreateListCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var list = TaskList.Create(Guid.CreateVersion7(now), currentUser.Id, request.Body.ToFields(), now);
        lists.Add(list);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.Map<ListDto>(list));
    }
}
