using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Can this username be registered? A hint for the form: only registration itself decides.</summary>
/// <param name="Username">As typed so far.</param>
public sealed record CheckUsernameQuery(string Username) : IRequest<Result<UsernameAvailabilityDto>>
{
    /// <summary>As typed so far.</summary>
    public string Username { get; } = PastedText.OneLine(Username);
}

internal sealed class CheckUsernameValidator : RequestValidator<CheckUsernameQuery>
{
    public CheckUsernameValidator() => RuleFor(query => query.Username).NotEmpty();
}

internal sealed class CheckUsernameHandler(IAccountRepository accounts)
    : IRequestHandler<CheckUsernameQuery, Result<UsernameAvailabilityDto>>
{
    private static readonly InlineValidator<string> Shape = CreateShape();

    public async Task<Result<UsernameAvailabilityDto>> Handle(
        CheckUsernameQuery request,
        CancellationToken cancellationToken
    )
    {
        var username = request.Username;
        var reason =
            ShapeProblem(username)
            ?? (
                await accounts.FindCredentialsAsync(username, cancellationToken) is null ? null : UsernameProblem.Taken
            );
        return new UsernameAvailabilityDto(username, reason is null, reason);
    }

    private static UsernameProblem? ShapeProblem(string username) =>
        Shape.Validate(username).Errors is [var error, ..]
            ? error.ErrorCode == FieldErrorCodes.NotAllowed
                ? UsernameProblem.Reserved
                : UsernameProblem.Invalid
            : null;

    private static InlineValidator<string> CreateShape()
    {
        var validator = new InlineValidator<string>();
        validator.RuleFor(username => username).Cascade(CascadeMode.Stop).Username();
        return validator;
    }
}
