using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Security;

/// <summary>Counts in the table of the wrong passwords, under keyed hashes of the addresses.</summary>
internal sealed class MailThrottle(AppDbContext context, ServerSecrets secrets, TimeProvider clock) : IMailThrottle
{
    private readonly SignInFailureCounts _counts = new(context, TimeSpan.FromHours(1), clock);

    public async Task<bool> TryTakeAsync(string address, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        var taken = await _counts.TakeAsync(
            SignInThrottle.Hash(secret, $"mail:{address.ToUpperInvariant()}"),
            IMailThrottle.Limit,
            cancellationToken
        );
        return taken.IsSuccess;
    }
}
