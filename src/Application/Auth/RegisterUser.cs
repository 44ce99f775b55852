using AutoMapper;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>A new account.</summary>
/// <param name="Username">3 to 30 letters, digits, '.', '_' or '-'; unique in any case.</param>
/// <param name="Email">Unique in any case.</param>
/// <param name="Password">See the password policy.</param>
public sealed record RegisterUserCommand(string Username, string Email, string Password)
    : IRequest<Result<RegisteredUser>>
{
    /// <summary>3 to 30 letters, digits, '.', '_' or '-'; unique in any case.</summary>
    public string Username { get; } = PastedText.OneLine(Username);

    /// <summary>Unique in any case.</summary>
    public string Email { get; } = PastedText.OneLine(Email);
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
    AccountOptions options,
    NewPasswords passwords,
    IAccountRepository accounts,
    AddressCorrection correction,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    IMapper mapper,
    TimeProvider clock
) : IRequestHandler<RegisterUserCommand, Result<RegisteredUser>>
{
    public async Task<Result<RegisteredUser>> Handle(RegisterUserCommand request, CancellationToken cancellationToken)
    {
        var hash = await passwords.HashAsync(request.Password, request.Username, request.Email, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Error;
        }

        var now = clock.Now();
        // In private, the address is not looked up at all: it is the account's when somebody confirms it.
        var account = Account.Register(
            request.Username,
            request.Email,
            hash.Value,
            now,
            isEmailPending: options.IsPrivate
        );
        accounts.Add(account);
        outbox.Add(AccountMails.ConfirmEmail(account.Id, now));
        audit.Record(AuditEventType.Registered, account.Id);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        if (saved.Error == AccountErrors.UsernameTaken)
        {
            var corrected = await correction.CorrectAsync(request, cancellationToken);
            return corrected.IsSuccess ? Registered(corrected.Value) : corrected.Error;
        }

        return saved.IsSuccess ? Registered(AccountProfile.Of(account)) : saved.Error;

        RegisteredUser Registered(AccountProfile of) => new(options.IsPrivate ? null : mapper.Map<UserDto>(of));
    }
}
