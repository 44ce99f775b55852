using Fitnessify.Application.Common;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>The first step to another passkey: what to ask the authenticator.</summary>
/// <param name="Password">Asked for again.</param>
public sealed record BeginPasskeyCommand(string Password) : IRequest<Result<PasskeyChallengeDto>>;

internal sealed class BeginPasskeyValidator : RequestValidator<BeginPasskeyCommand>
{
    public BeginPasskeyValidator() => RuleFor(command => command.Password).Password();
}

internal sealed class BeginPasskeyHandler(
    ICurrentUser currentUser,
    Reauthentication reauthentication,
    IPasskeys passkeys,
    ITickets tickets,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<BeginPasskeyCommand, Result<PasskeyChallengeDto>>
{
    public async Task<Result<PasskeyChallengeDto>> Handle(
        BeginPasskeyCommand request,
        CancellationToken cancellationToken
    )
    {
        var confirmed = await reauthentication.ConfirmAsync(request.Password, cancellationToken);
        if (!confirmed.IsSuccess)
        {
            return confirmed.Error;
        }

        var (id, username) = (currentUser.Id, confirmed.Value.Username);
        var challenge = await passkeys.AskForNewAsync(id, username, cancellationToken);
        var begun = PasskeyChallengeDto.From(challenge, TicketPurpose.NewPasskey, id, tickets, clock);
        return (await unitOfWork.SaveChangesAsync(cancellationToken)).Then(() => begun);
    }
}
