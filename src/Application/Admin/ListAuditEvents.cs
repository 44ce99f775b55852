using AutoMapper;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>What happened to anybody, newest first.</summary>
/// <param name="UserId">Who did it, or to whom it was done.</param>
/// <param name="Type">What, for instance signedIn.</param>
/// <param name="From">A time with an offset; not before.</param>
/// <param name="To">A time with an offset; before.</param>
/// <param name="Limit">Items a page.</param>
/// <param name="Cursor">From the page before.</param>
public sealed record ListAuditEventsQuery(
    Guid? UserId,
    string? Type,
    string? From,
    string? To,
    int Limit,
    string? Cursor
) : IRequest<Result<PageDto<SecurityEventDto>>>;

internal sealed class ListAuditEventsValidator : RequestValidator<ListAuditEventsQuery>
{
    public ListAuditEventsValidator()
    {
        RuleFor(query => query.Type!)
            .NameOf<ListAuditEventsQuery, AuditEventType>()
            .When(query => query.Type is not null);
        RuleFor(query => query.From).Time();
        RuleFor(query => query.To).Time();
        RuleFor(query => query.Limit).PageLimit();
    }
}

internal sealed class ListAuditEventsHandler(ICurrentUser currentUser, IAuditTrail audit, IMapper mapper)
    : IRequestHandler<ListAuditEventsQuery, Result<PageDto<SecurityEventDto>>>
{
    public async Task<Result<PageDto<SecurityEventDto>>> Handle(
        ListAuditEventsQuery request,
        CancellationToken cancellationToken
    )
    {
        var filter = new AuditFilter(
            request.UserId,
            request.Type is null ? null : Enum.Parse<AuditEventType>(request.Type, ignoreCase: true),
            TimeRules.ParseTime(request.From),
            TimeRules.ParseTime(request.To)
        );
        var page = await audit.SearchAsync(
            currentUser.Id,
            filter,
            new PageRequest(request.Limit, request.Cursor),
            cancellationToken
        );
        return page.ToDto(mapper.Map<SecurityEventDto>);
    }
}
