using AutoMapper;
using Fitnessify.Application.Common;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>A new account.</summary>
/// <param name="Username">3 to 30 letters, digits, '.', '_' or '-'; unique in any case.</param>
/// <param name="Email">Unique in any case.</param>
/// <param name="Password">See the password policy.</param>
public sealed record RegisterUserCommand(string Username, string Email, string Password) : IRequest<Result<UserDto>>
{
    /// <summary>3 to 30 letters, digits, '.', '_' or '-'; unique in any case.</summary>
    public string Username { get; } = Username?.Trim()!;

    /// <summary>Unique in any case.</summary>
    public string Email { get; } = Email?.Trim()!;
}

internal sealed class RegisterUserValidator : RequestValidator<RegisterUserCommand>
{
    public RegisterUserValidator()
    {
        RuleFor(command => command.Username).Username();
        RuleFor(command => command.Email).Email();
        RuleFor(command => command.Password).Password();
    }
}

internal sealed class RegisterUserHandler(
    PasswordPolicy policy,
    IPasswordHashing hashing,
    IAccountRepository accounts,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<RegisterUserCommand, Result<UserDto>>
{
    public async Task<Result<UserDto>> Handle(RegisterUserCommand request, CancellationToken cancellationToken)
    {
        var accepted = await policy.CheckAsync(request.Password, request.Username, request.Email, cancellationToken);
        if (!accepted.IsSuccess)
        {
            return accepted.Error;
        }

        var hash = await hashing.HashAsync(request.Password, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        var user = await accounts.AddAsync(
            new NewAccount(request.Username, request.Email, hash.Value, clock.Now()),
            cancellationToken
        );
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.Map<UserDto>(user));
    }
}
