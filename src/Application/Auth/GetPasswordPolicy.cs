using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>What must a password be?</summary>
public sealed record GetPasswordPolicyQuery : IRequest<Result<PasswordPolicyDto>>;

internal sealed class GetPasswordPolicyHandler(AccountOptions options)
    : IRequestHandler<GetPasswordPolicyQuery, Result<PasswordPolicyDto>>
{
    public Task<Result<PasswordPolicyDto>> Handle(
        GetPasswordPolicyQuery request,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<Result<PasswordPolicyDto>>(
            new PasswordPolicyDto(options.MinimumPasswordLength, PasswordPolicy.MaxLength, options.MinimumPasswordScore)
        );
}
