using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Audit;

/// <summary>What happened to my account? Newest first.</summary>
/// <param name="Limit">Items a page.</param>
/// <param name="Cursor">From the page before.</param>
public sealed record ListSecurityEventsQuery(int Limit, string? Cursor) : IRequest<Result<PageDto<SecurityEventDto>>>;

internal sealed class ListSecurityEventsValidator : RequestValidator<ListSecurityEventsQuery>
{
    public ListSecurityEventsValidator() => RuleFor(query => query.Limit).PageLimit();
}

internal sealed class ListSecurityEventsHandler(ICurrentUser currentUser, IAuditTrail audit, IMapper mapper)
    : IRequestHandler<ListSecurityEventsQuery, Result<PageDto<SecurityEventDto>>>
{
    public async Task<Result<PageDto<SecurityEventDto>>> Handle(
        ListSecurityEventsQuery request,
        CancellationToken cancellationToken
    )
    {
        var page = await audit.ListAsync(
            currentUser.Id,
            new PageRequest(request.Limit, request.Cursor),
            cancellationToken
        );
        return page.ToDto(audited => mapper.Map<SecurityEventDto>(audited).SeenBy(currentUser.Id));
    }
}
