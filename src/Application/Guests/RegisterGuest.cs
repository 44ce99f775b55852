using AutoMapper;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Guests;

/// <summary>Makes a member of a guest. The account stays the same, and so does all that belongs to it.</summary>
/// <param name="Username">3 to 30 letters, digits, '.', '_' or '-'; unique in any case.</param>
/// <param name="Email">Unique in any case.</param>
/// <param name="Password">See the password policy.</param>
public sealed record RegisterGuestCommand(string Username, string Email, string Password) : IRequest<Result<UserDto>>
{
    /// <summary>3 to 30 letters, digits, '.', '_' or '-'; unique in any case.</summary>
    public string Username { get; } = PastedText.OneLine(Username);

    /// <summary>Unique in any case.</summary>
    public string Email { get; } = PastedText.OneLine(Email);
}

internal sealed class RegisterGuestValidator : RequestValidator<RegisterGuestCommand>
{
    public RegisterGuestValidator()
    {
        RuleFor(command => command.Username).Username();
        RuleFor(command => command.Email).Email();
        RuleFor(command => command.Password).Password();
    }
}

internal sealed class RegisterGuestHandler(
    AccountOptions options,
    ICurrentUser currentUser,
    NewPasswords passwords,
    IAccountRepository accounts,
    GuestRegistration registration,
    IMailOutbox outbox,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<RegisterGuestCommand, Result<UserDto>>
{
    public async Task<Result<UserDto>> Handle(RegisterGuestCommand request, CancellationToken cancellationToken)
    {
        // Hashing takes long, so a member is refused before it, and looked up again after it.
        if (await accounts.FindCredentialsAsync(currentUser.Id, cancellationToken) is { IsGuest: false })
        {
            return GuestErrors.AlreadyMember;
        }

        var hash = await passwords.HashAsync(request.Password, request.Username, request.Email, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        var guest = await registration.BeginAsync(cancellationToken);
        if (!guest.IsSuccess)
        {
            return guest.Error;
        }

        // In private, the address is not looked up at all: it is the account's once it is confirmed.
        guest.Value.BecomeMember(request.Username, request.Email, hash.Value, isEmailPending: options.IsPrivate);
        registration.Complete(guest.Value);
        outbox.Add(AccountMails.ConfirmEmail(guest.Value.Id, clock.Now()));
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        if (!saved.IsSuccess)
        {
            return saved.Error;
        }

        var user = await accounts.FindProfileAsync(currentUser.Id, cancellationToken);
        return user is null ? SessionErrors.SessionRevoked : mapper.Map<UserDto>(user);
    }
}
