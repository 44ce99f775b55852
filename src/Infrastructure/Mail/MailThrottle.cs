using System.ComponentModel.DataAnnotations;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Section <c>Mail</c>: how many mails one user gets.</summary>
public sealed class MailThrottleOptions
{
    /// <summary>Mails about tasks; those about the account have limits of their own.</summary>
    [Range(1, 1000)]
    public int PerUserPerHour { get; init; } = 10;
}

/// <summary>Counts in the table of the wrong passwords, under keyed hashes of the addresses and users.</summary>
internal sealed class MailThrottle(
    AppDbContext context,
    ServerSecrets secrets,
    MailThrottleOptions options,
    TimeProvider clock
) : IMailThrottle
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

    // How long to wait, or null.
    private async Task<TimeSpan?> TakeAsync(
        SignInFailureCounts counts,
        string key,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        var taken = await counts.TakeAsync(SignInThrottle.Hash(secret, key), limit, cancellationToken);
        return taken.IsSuccess ? null : taken.Error.RetryAfter;
    }
}
