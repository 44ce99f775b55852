using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Security;

/// <summary>Section <c>Accounts</c>: how many wrong passwords are too many.</summary>
public sealed class SignInThrottleOptions
{
    /// <summary>Wrong passwords for one login, or wrong codes of one account, until 429 (NIST SP 800-63B-4, 3.2.2: at most 100).</summary>
    [Range(1, 100)]
    public int FailedSignInLimit { get; init; } = 10;

    /// <summary>The same from one address (of IPv6, one /64 network), whatever the logins.</summary>
    [Range(1, 100_000)]
    public int FailedSignInAddressLimit { get; init; } = 100;

    /// <summary>Minutes from the first failure until it starts afresh.</summary>
    [Range(1, 1440)]
    public int FailedSignInMinutes { get; init; } = 15;
}

/// <summary>Counts by login and by address, under keyed hashes of them.</summary>
internal sealed class SignInThrottle(
    AppDbContext context,
    ServerSecrets secrets,
    AttemptsInFlight inFlight,
    IClient client,
    SignInThrottleOptions options,
    TimeProvider clock
) : ISignInThrottle, IDisposable
{
    private readonly SignInFailureCounts _counts = new(
        context,
        TimeSpan.FromMinutes(options.FailedSignInMinutes),
        clock
    );

    // Until the request ends: what becomes of the attempt is stored by then.
    private readonly List<(byte[] Key, IDisposable Attempt)> _taken = [];

    public async Task<Result> TakeAttemptAsync(string identifier, CancellationToken cancellationToken)
    {
        var (login, address) = await KeysAsync(identifier, cancellationToken);
        var byLogin = await TakeAsync(login, options.FailedSignInLimit, cancellationToken);
        if (!byLogin.IsSuccess)
        {
            return byLogin;
        }

        var byAddress = await TakeAsync(address, options.FailedSignInAddressLimit, cancellationToken);
        if (!byAddress.IsSuccess)
        {
            await _counts.ReturnAsync(login, cancellationToken);
        }

        return byAddress;
    }

    public async Task<bool> IsFirstRefusalAsync(string identifier, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        var login = LoginKey(secret, $"refused\u001f{identifier}");
        var address = Hash(secret, $"refused:{ClientNetwork.Of(client.IpAddress)}");
        // Of an address as many as it may fail: made-up logins must not fill the trail.
        return (await _counts.TakeAsync(login, 1, cancellationToken)).IsSuccess
            && (await _counts.TakeAsync(address, options.FailedSignInAddressLimit, cancellationToken)).IsSuccess;
    }

    public async Task ReturnAttemptAsync(string identifier, CancellationToken cancellationToken)
    {
        var (login, address) = await KeysAsync(identifier, cancellationToken);
        await _counts.ReturnAsync(login, cancellationToken);
        await _counts.ReturnAsync(address, cancellationToken);
    }

    public async Task ForgiveAsync(string identifier, CancellationToken cancellationToken)
    {
        var (login, address) = await KeysAsync(identifier, cancellationToken);
        await _counts.ForgetAsync(login, cancellationToken);
        await _counts.ReturnAsync(address, cancellationToken);
    }

    public async Task ForgetAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        foreach (var key in identifiers.Select(identifier => LoginKey(secret, identifier)))
        {
            context.OnSave(token =>
                context.SignInFailures.Where(failures => failures.Key == key).ExecuteDeleteAsync(token)
            );
        }
    }

    public void Dispose() => _taken.ForEach(taken => taken.Attempt.Dispose());

    private async Task<Result> TakeAsync(byte[] key, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? outcome;
            using (await inFlight.EnterAsync(key, cancellationToken))
            {
                var result = await _counts.TakeAsync(key, limit, cancellationToken);
                var own = _taken.Count(taken => taken.Key.AsSpan().SequenceEqual(key));
                outcome = result.IsSuccess ? null : inFlight.NextOutcome(key, own);
                if (outcome is null)
                {
                    if (result.IsSuccess)
                    {
                        _taken.Add((key, inFlight.Begin(key)));
                    }

                    return result;
                }
            }

            await outcome.WaitAsync(cancellationToken);
        }
    }

    private async ValueTask<(byte[] Login, byte[] Address)> KeysAsync(
        string identifier,
        CancellationToken cancellationToken
    )
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        return (LoginKey(secret, identifier), Hash(secret, $"address:{ClientNetwork.Of(client.IpAddress)}"));
    }

    private static byte[] LoginKey(byte[] secret, string identifier) =>
        Hash(secret, $"login:{identifier.Normalize(NormalizationForm.FormKC).ToUpperInvariant()}");

    internal static byte[] Hash(byte[] secret, string text) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text));
}
