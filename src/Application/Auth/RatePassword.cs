using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>How good is this password? For the form; nothing is stored.</summary>
/// <param name="Password">As typed so far.</param>
/// <param name="Username">As typed so far.</param>
/// <param name="Email">As typed so far.</param>
public sealed record RatePasswordQuery(string Password, string? Username = null, string? Email = null)
    : IRequest<Result<PasswordStrengthDto>>
{
    /// <summary>As typed so far.</summary>
    public string? Username { get; } = PastedText.OneLine(Username);

    /// <summary>As typed so far.</summary>
    public string? Email { get; } = PastedText.OneLine(Email);
}

internal sealed class RatePasswordValidator : RequestValidator<RatePasswordQuery>
{
    public RatePasswordValidator()
    {
        RuleFor(query => query.Password).Password();
        RuleFor(query => query.Username).MaximumLength(Account.EmailMaxLength).PlainText();
        RuleFor(query => query.Email).MaximumLength(Account.EmailMaxLength).PlainText();
    }
}

internal sealed class RatePasswordHandler(PasswordPolicy policy)
    : IRequestHandler<RatePasswordQuery, Result<PasswordStrengthDto>>
{
    public async Task<Result<PasswordStrengthDto>> Handle(
        RatePasswordQuery request,
        CancellationToken cancellationToken
    )
    {
        var evaluation = await policy.EvaluateAsync(
            request.Password,
            request.Username ?? "",
            request.Email ?? "",
            cancellationToken
        );
        return evaluation.IsSuccess ? PasswordStrengthDto.From(evaluation.Value) : evaluation.Error;
    }
}
