using AutoMapper;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Guests;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Passkeys;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>The second step to another passkey. A guest becomes a member with it.</summary>
/// <param name="ChallengeToken">From the first step.</param>
/// <param name="Credential">What the authenticator has made.</param>
/// <param name="Name">What to call it.</param>
/// <param name="Username">Only for a guest: a username in place of that of the first step, where that was taken meanwhile.</param>
public sealed record AddPasskeyCommand(
    string ChallengeToken,
    IReadOnlyDictionary<string, object?> Credential,
    string? Name = null,
    string? Username = null
) : IRequest<Result<PasskeyDto>>
{
    /// <summary>What to call it.</summary>
    public string? Name { get; } = PastedText.Name(Name);

    /// <summary>Only for a guest: a username in place of that of the first step, where that was taken meanwhile.</summary>
    public string? Username { get; } = Username is null ? null : PastedText.OneLine(Username);
}

internal sealed class AddPasskeyValidator : RequestValidator<AddPasskeyCommand>
{
    public AddPasskeyValidator()
    {
        RuleFor(command => command.ChallengeToken).Token();
        RuleFor(command => command.Credential).NotEmpty();
        RuleFor(command => command.Username).Username().When(command => command.Username is not null);
        RuleFor(command => command.Name).MaximumLength(Passkey.NameMaxLength).PlainText();
    }
}

internal sealed class AddPasskeyHandler(
    ICurrentUser currentUser,
    ICredentialGuard guard,
    GuestRegistration registration,
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

        var content = NewPasskeyContent.Of(challengeToken);
        var credential = PasskeyCredential.ToJson(request.Credential);
        if (
            await passkeys.AddAsync(id, content.State, credential, request.Name, now, cancellationToken)
            is not { } added
        )
        {
            return PasskeyErrors.PasskeyInvalid;
        }

        // A guest cannot have taken the first step without a username.
        if ((request.Username ?? content.Username) is { } username)
        {
            var guest = await registration.BeginAsync(cancellationToken);
            if (!guest.IsSuccess)
            {
                return guest.Error;
            }

            guest.Value.BecomeMember(username);
            registration.Complete(guest.Value);
        }
        else
        {
            guard.RequireLive(currentUser.Id, currentUser.SessionId);
        }

        challengeTokens.Use(challengeToken);
        credentialChanges.Added(id);
        outbox.Add(AccountMails.PasskeyAdded(id, now));
        audit.Record(AuditEventType.PasskeyAdded);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Then(() => mapper.Map<PasskeyDto>(added));
    }
}
