using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Mfa;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Mfa;

/// <summary>Begins to set up an authenticator app; a code of it, given to <see cref="ConfirmTotpCommand"/>, ends it.</summary>
/// <param name="Password">Asked for again; null within five minutes after a reauthentication of the session.</param>
public sealed record EnrolTotpCommand(string? Password = null) : IRequest<Result<TotpEnrolmentDto>>;

internal sealed class EnrolTotpValidator : RequestValidator<EnrolTotpCommand>
{
    public EnrolTotpValidator() =>
        RuleFor(command => command.Password).Password().When(command => command.Password is not null);
}

internal sealed class EnrolTotpHandler(
    Reauthentication reauthentication,
    IMfaRepository factors,
    IUnitOfWork unitOfWork
) : IRequestHandler<EnrolTotpCommand, Result<TotpEnrolmentDto>>
{
    public Task<Result<TotpEnrolmentDto>> Handle(EnrolTotpCommand request, CancellationToken cancellationToken)
    {
        return reauthentication.ConfirmPasswordAsync(request.Password, BeginAsync, cancellationToken);

        async Task<Result<TotpEnrolmentDto>> BeginAsync(Credentials account)
        {
            if (account.IsGuest)
            {
                return GuestErrors.NotRegistered;
            }

            var seed = factors.Begin(account.UserId);
            var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
            return saved.Then(() => TotpEnrolmentDto.From(account.Username, seed));
        }
    }
}
