using System.Text.Json;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Passkeys;

/// <summary>Sign in on a device with a passkey. The authenticator has checked who holds it: no second factor is asked for.</summary>
/// <param name="Ticket">From the first step.</param>
/// <param name="Credential">The answer of the authenticator.</param>
/// <param name="Device">What to call this device in the list of sessions.</param>
public sealed record LoginPasskeyCommand(
    string Ticket,
    IReadOnlyDictionary<string, object?> Credential,
    string? Device = null
) : IRequest<Result<TokensDto>>;

internal sealed class LoginPasskeyValidator : RequestValidator<LoginPasskeyCommand>
{
    public LoginPasskeyValidator()
    {
        RuleFor(command => command.Ticket).Token();
        RuleFor(command => command.Credential).NotEmpty();
        RuleFor(command => command.Device).MaximumLength(Session.DeviceMaxLength).PlainText();
    }
}

internal sealed class LoginPasskeyHandler(
    IPasskeys passkeys,
    ITickets tickets,
    IAccountRepository accounts,
    SignInGate gate,
    SessionStart start,
    TimeProvider clock
) : IRequestHandler<LoginPasskeyCommand, Result<TokensDto>>
{
    public async Task<Result<TokensDto>> Handle(LoginPasskeyCommand request, CancellationToken cancellationToken)
    {
        var ticket = tickets.Read(TicketPurpose.PasskeyLogin, request.Ticket, clock.Now());
        var userId = ticket is null
            ? null
            : await passkeys.VerifyAsync(
                ticket.Content!,
                JsonSerializer.Serialize(request.Credential),
                cancellationToken
            );
        if (userId is null || await accounts.FindCredentialsAsync(userId.Value, cancellationToken) is not { } account)
        {
            return await gate.RefuseAsync(null, PasskeyErrors.PasskeyInvalid, request.Device, cancellationToken);
        }

        tickets.Use(ticket!);
        return gate.WhyNot(account) is { } refusal
            ? await gate.RefuseAsync(account.UserId, refusal, request.Device, cancellationToken)
            : await start.SaveAsync(account, request.Device, cancellationToken);
    }
}
