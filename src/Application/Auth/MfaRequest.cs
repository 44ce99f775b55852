using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Auth;

/// <summary>What follows on the right password where that is not enough.</summary>
internal sealed class MfaRequest(ITickets tickets, ISecondFactors factors, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>Saves a ticket for the second step, with all that the first has changed.</summary>
    /// <returns><c>mfa_required</c> with what the second step takes.</returns>
    public async Task<Error> SaveAsync(Credentials account, string? device, CancellationToken cancellationToken)
    {
        var factor = await factors.GetAsync(account.UserId, cancellationToken);
        var ticket = tickets.Issue(TicketPurpose.SignInCode, account.UserId, device, clock.Now());
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        string[] methods =
            factor.RecoveryCodesLeft > 0 ? [MfaMethods.Totp, MfaMethods.RecoveryCode] : [MfaMethods.Totp];
        return saved.IsSuccess ? UserErrors.MfaRequiredFor(ticket, methods) : saved.Error;
    }
}
