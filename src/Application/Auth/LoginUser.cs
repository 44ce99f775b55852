using Fitnessify.Application.Common;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Sign in on a device.</summary>
/// <param name="Login">Username or e-mail address, in any case.</param>
/// <param name="Password">The password.</param>
/// <param name="Device">What to call this device in the list of sessions.</param>
public sealed record LoginUserCommand(string Login, string Password, string? Device) : IRequest<Result<TokensDto>>
{
    /// <summary>Username or e-mail address, in any case.</summary>
    public string Login { get; } = Login?.Trim()!;
}

internal sealed class LoginUserValidator : RequestValidator<LoginUserCommand>
{
    public LoginUserValidator()
    {
        RuleFor(command => command.Login).NotEmpty().MaximumLength(User.EmailMaxLength).PlainText();
        RuleFor(command => command.Password).Password();
        RuleFor(command => command.Device).MaximumLength(Session.DeviceMaxLength).PlainText();
    }
}

internal sealed class LoginUserHandler(
    LoginOptions loginOptions,
    SessionOptions sessionOptions,
    IAccountRepository accounts,
    IPasswordHashing hashing,
    ISessionRepository sessions,
    ISessionTokens tokens,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LoginUserCommand, Result<TokensDto>>
{
    public async Task<Result<TokensDto>> Handle(LoginUserCommand request, CancellationToken cancellationToken)
    {
        var credentials = await accounts.FindCredentialsAsync(request.Login, cancellationToken);
        // Without an account the same work is done, so that the time tells nothing (ASVS 5.0, 6.3.8).
        var verified = await hashing.VerifyAsync(credentials?.PasswordHash, request.Password, cancellationToken);
        if (!verified.IsSuccess)
        {
            return verified.Error;
        }

        if (credentials is null || !verified.Value)
        {
            return UserErrors.InvalidCredentials;
        }

        // Only who knows the password learns more about the account.
        if (credentials.IsDisabled)
        {
            return UserErrors.AccountDisabled;
        }

        if (loginOptions.RequireConfirmedEmail && !credentials.EmailConfirmed)
        {
            return UserErrors.EmailNotConfirmed;
        }

        var now = clock.Now();
        var session = Session.Start(credentials.UserId, request.Device, client.IpAddress, sessionOptions.Lifetime, now);
        sessions.Add(session);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => TokensDto.From(session, tokens.Issue(session, now)));
    }
}
