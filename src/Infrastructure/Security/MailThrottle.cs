using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Security;

/// <summary>Counts in the table of the wrong passwords, under keyed hashes of the addresses.</summary>
internal sealed class MailThrottle(AppDbContext context, ServerSecrets secrets, TimeProvider clock) : IMailThrottle
{
    private readonly SignInFailureCounts _hourly = new(context, TimeSpan.FromHours(1), clock);
    private readonly SignInFailureCounts _daily = new(context, TimeSpan.FromDays(1), clock);

    public Task<bool> TryTakeAsync(string address, CancellationToken cancellationToken) =>
        TryTakeAsync(_hourly, $"mail:{address.ToUpperInvariant()}", IMailThrottle.Limit, cancellationToken);

    public Task<bool> TryTakeDailyAsync(Guid userId, MailKind kind, CancellationToken cancellationToken) =>
        TryTakeAsync(_daily, $"notice:{userId}:{kind}", 1, cancellationToken);

    private async Task<bool> TryTakeAsync(
        SignInFailureCounts counts,
        string key,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        return (await counts.TakeAsync(SignInThrottle.Hash(secret, key), limit, cancellationToken)).IsSuccess;
    }
}
