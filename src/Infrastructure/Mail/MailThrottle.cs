using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Counts mails in the table of sign-in failures, under keyed hashes of the addresses and users.</summary>
internal sealed class MailThrottle(AppDbContext context, ServerSecrets secrets, MailOptions options, TimeProvider clock)
    : IMailThrottle
{
    private readonly SignInFailureCounts _hourly = new(context, TimeSpan.FromHours(1), clock);
    private readonly SignInFailureCounts _daily = new(context, TimeSpan.FromDays(1), clock);

    public async Task<bool> TryTakeAsync(string address, MailKind kind, CancellationToken cancellationToken) =>
        await TakeAsync(_hourly, $"{kind}:{address.ToUpperInvariant()}", IMailThrottle.Limit, cancellationToken)
            is null;

    public async Task<bool> TryTakeDailyAsync(Guid userId, MailKind kind, CancellationToken cancellationToken) =>
        await TakeAsync(_daily, $"notice:{userId}:{kind}", 1, cancellationToken) is null;

    public Task<TimeSpan?> TakeNoticeAsync(Guid userId, CancellationToken cancellationToken) =>
        TakeAsync(_hourly, $"notices:{userId}", options.PerUserPerHour, cancellationToken);

    // The result is the time to wait, or null if the mail may be sent.
    private async Task<TimeSpan?> TakeAsync(
        SignInFailureCounts counts,
        string key,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        var taken = await counts.TakeAsync(SignInFailureCounts.Hash(secret, key), limit, cancellationToken);
        return taken.IsSuccess ? null : taken.Error.RetryAfter;
    }
}
