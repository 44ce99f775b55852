using AutoMapper;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Passkeys;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>The second step to another passkey.</summary>
/// <param name="ChallengeToken">From the first step.</param>
/// <param name="Credential">What the authenticator has made.</param>
/// <param name="Name">What to call it.</param>
public sealed record AddPasskeyCommand(
    string ChallengeToken,
    IReadOnlyDictionary<string, object?> Credential,
    string? Name = null
) : IRequest<Result<PasskeyDto>>
{
    /// <summary>What to call it.</summary>
    public string? Name { get; } = PastedText.Name(Name);
}

internal sealed class AddPasskeyValidator : RequestValidator<AddPasskeyCommand>
{
    public AddPasskeyValidator()
    {
        RuleFor(command => command.ChallengeToken).Token();
        RuleFor(command => command.Credential).NotEmpty();
        RuleFor(command => command.Name).MaximumLength(Passkey.NameMaxLength).PlainText();
    }
}

internal sealed class AddPasskeyHandler(
    ICurrentUser currentUser,
    ICredentialGuard guard,
    CredentialChanges credentialChanges,
    IPasskeys passkeys,
    IChallengeTokens challengeTokens,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<AddPasskeyCommand, Result<PasskeyDto>>
{
    public async Task<Result<PasskeyDto>> Handle(AddPasskeyCommand request, CancellationToken cancellationToken)
    {
        var (id, now) = (currentUser.Id, clock.Now());
        var challengeToken = challengeTokens.Read(ChallengePurpose.NewPasskey, request.ChallengeToken, now);
        if (challengeToken?.UserId != id)
        {
            return PasskeyErrors.PasskeyInvalid;
        }

        // The limit only keeps lists short, so two simultaneous requests may exceed it by one.
        if ((await passkeys.ListAsync(id, cancellationToken)).Count >= Passkey.MaxPerUser)
        {
            return PasskeyErrors.TooMany;
        }

        var credential = PasskeyCredential.ToJson(request.Credential);
        if (
            await passkeys.AddAsync(id, challengeToken.Content!, credential, request.Name, now, cancellationToken)
            is not { } added
        )
        {
            return PasskeyErrors.PasskeyInvalid;
        }

        guard.RequireLive(currentUser.Id, currentUser.SessionId);
        challengeTokens.Use(challengeToken);
        credentialChanges.Added(id);
        outbox.Add(AccountMails.PasskeyAdded(id, now));
        audit.Record(AuditEventType.PasskeyAdded);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.Map<PasskeyDto>(added));
    }
}
