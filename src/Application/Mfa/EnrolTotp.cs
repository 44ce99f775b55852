using Fitnessify.Application.Common;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Mfa;

/// <summary>Begins to set up an authenticator app; a code of it, given to <see cref="ConfirmTotpCommand"/>, ends it.</summary>
/// <param name="Password">Asked for again.</param>
public sealed record EnrolTotpCommand(string Password) : IRequest<Result<TotpEnrolmentDto>>;

internal sealed class EnrolTotpValidator : RequestValidator<EnrolTotpCommand>
{
    public EnrolTotpValidator() => RuleFor(command => command.Password).Password();
}

internal sealed class EnrolTotpHandler(Reauthentication reauthentication, ISecondFactors factors)
    : IRequestHandler<EnrolTotpCommand, Result<TotpEnrolmentDto>>
{
    public async Task<Result<TotpEnrolmentDto>> Handle(EnrolTotpCommand request, CancellationToken cancellationToken)
    {
        var confirmed = await reauthentication.ConfirmAsync(request.Password, cancellationToken);
        if (!confirmed.IsSuccess)
        {
            return confirmed.Error;
        }

        var account = confirmed.Value;
        return await factors.BeginAsync(account.UserId, cancellationToken) is { } seed
            ? TotpEnrolmentDto.From(account.Username, seed)
            : UserErrors.MfaAlreadyEnabled;
    }
}
