using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>The users, newest first.</summary>
/// <param name="Q">Part of the username or the e-mail address, in any case.</param>
/// <param name="Role">Only those who have it.</param>
/// <param name="Status">Only those: active or disabled.</param>
/// <param name="Limit">Items a page.</param>
/// <param name="Cursor">From the page before.</param>
public sealed record ListUsersQuery(string? Q, string? Role, string? Status, int Limit, string? Cursor)
    : IRequest<Result<PageDto<AdminUserDto>>>
{
    /// <summary>Part of the username or the e-mail address, in any case.</summary>
    public string? Q { get; } = PastedText.Name(Q);
}

internal sealed class ListUsersValidator : RequestValidator<ListUsersQuery>
{
    public ListUsersValidator()
    {
        RuleFor(query => query.Q).MaximumLength(Account.EmailMaxLength).PlainText();
        RuleFor(query => query.Role).Role().When(query => query.Role is not null);
        RuleFor(query => query.Status!).NameOf<ListUsersQuery, UserStatus>().When(query => query.Status is not null);
        RuleFor(query => query.Limit).PageLimit();
    }
}

internal sealed class ListUsersHandler(
    ICurrentUser currentUser,
    IUserDirectory directory,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<ListUsersQuery, Result<PageDto<AdminUserDto>>>
{
    public async Task<Result<PageDto<AdminUserDto>>> Handle(ListUsersQuery request, CancellationToken cancellationToken)
    {
        if (
            request.Role is { } role
            && AdminRules.UnknownRole(await directory.ListRolesAsync(cancellationToken), role, "role") is { } unknown
        )
        {
            return CommonErrors.Validation(unknown);
        }

        var filter = new UserFilter(
            request.Q,
            request.Role,
            request.Status is null ? null : Enum.Parse<UserStatus>(request.Status, ignoreCase: true)
        );
        var page = await directory.ListAsync(
            currentUser.Id,
            filter,
            new PageRequest(request.Limit, request.Cursor),
            clock.Now(),
            cancellationToken
        );
        return page.ToDto(mapper.Map<AdminUserDto>);
    }
}
