using AutoMapper;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Accounts;

/// <summary>Changes the own profile, as a merge patch (RFC 7396).</summary>
/// <param name="Username">The new username; cannot be cleared.</param>
public sealed record UpdateMeCommand(Optional<string?> Username) : IRequest<Result<UserDto>>
{
    /// <summary>The new username; cannot be cleared.</summary>
    public Optional<string?> Username { get; } = Username.Select(PastedText.OneLine);
}

internal sealed class UpdateMeValidator : RequestValidator<UpdateMeCommand>
{
    public UpdateMeValidator() =>
        RuleFor(command => command.Username.Value)
            .Username()
            .OverridePropertyName(nameof(UpdateMeCommand.Username))
            .When(command => command.Username.IsPresent);
}

internal sealed class UpdateMeHandler(
    ICurrentUser currentUser,
    IAccountRepository accounts,
    IAccountTokens tokens,
    ICredentialGuard guard,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    IMapper mapper
) : IRequestHandler<UpdateMeCommand, Result<UserDto>>
{
    public async Task<Result<UserDto>> Handle(UpdateMeCommand request, CancellationToken cancellationToken)
    {
        if (await accounts.FindProfileAsync(currentUser.Id, cancellationToken) is not { } user)
        {
            return SessionErrors.SessionRevoked;
        }

        if (request.Username is { IsPresent: true, Value: { } username } && username != user.Username)
        {
            guard.RequireLive(currentUser.Id, currentUser.SessionId);
            if (await accounts.FindAsync(user.Id, cancellationToken) is not { } account)
            {
                return SessionErrors.SessionRevoked;
            }

            account.Rename(username);
            user = user with { Username = username };
            tokens.WithdrawResets(user.Id, user.Email);
            audit.Record(AuditEventType.UsernameChanged);
        }

        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.Map<UserDto>(user));
    }
}
