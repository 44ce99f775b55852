using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Auth;

/// <summary>What each way to sign in asks of an account, once its user has shown who they are.</summary>
internal sealed class SignInPolicy(AccountOptions options, AuditLog audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>Whether nobody signs in before the address is confirmed.</summary>
    public bool NeedsConfirmedEmail => options.RequireConfirmedEmail || options.IsPrivate;

    /// <summary>Why the account may not sign in; null when it may.</summary>
    public Error? WhyNot(Credentials account) =>
        account.IsDisabled ? AccountErrors.AccountDisabled
        : NeedsConfirmedEmail && account is { Email: not null, EmailConfirmed: false } ? AccountErrors.EmailNotConfirmed
        : null;

    /// <summary>Records that a sign-in was refused, and answers with the reason.</summary>
    public async Task<Error> RefuseAsync(Guid? userId, Error error, string? device, CancellationToken cancellationToken)
    {
        var saved = await RecordAsync();
        if (saved.Error == error)
        {
            // What would have been saved with it is what was refused: the event goes alone.
            saved = await RecordAsync();
        }

        return saved.IsSuccess ? error : saved.Error;

        Task<Result> RecordAsync()
        {
            var now = clock.Now();
            audit.RecordRefusedStranger(AuditEventType.SignInFailed, userId, device: device);
            return unitOfWork.SaveChangesAsync(cancellationToken);
        }
    }
}
