using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Security;

/// <summary>Section <c>Accounts</c>: how many wrong passwords are too many.</summary>
public sealed class SignInThrottleOptions
{
    /// <summary>For one login (NIST SP 800-63B-4, 3.2.2: at most 100).</summary>
    [Range(1, 100)]
    public int FailedSignInLimit { get; init; } = 10;

    /// <summary>From one address (of IPv6, one /64 network), whatever the logins.</summary>
    [Range(1, 100_000)]
    public int FailedSignInAddressLimit { get; init; } = 100;

    /// <summary>Minutes from the first failure until it starts afresh.</summary>
    [Range(1, 1440)]
    public int FailedSignInMinutes { get; init; } = 15;
}

/// <summary>The wrong passwords of one login or one address.</summary>
internal sealed class SignInFailures
{
    /// <summary>Bytes.</summary>
    public const int KeyLength = HMACSHA256.HashSizeInBytes;

    /// <summary>A keyed hash of the login or the address.</summary>
    public required byte[] Key { get; init; }

    public int Count { get; init; }

    /// <summary>UTC; from then on the count is void.</summary>
    public DateTimeOffset EndsAt { get; init; }
}

/// <summary>Counts in the database. Each step is one atomic statement, so that instances need no lock between them.</summary>
internal sealed class SignInThrottle(
    AppDbContext context,
    ServerSecrets secrets,
    IClient client,
    SignInThrottleOptions options,
    TimeProvider clock
) : ISignInThrottle
{
    // A household or phone has at least a /64 of IPv6: single addresses would let it have any number of limits.
    private const int Ipv6PrefixBytes = 8;

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
            await ReturnAsync(login, cancellationToken);
        }

        return byAddress;
    }

    public async Task ReturnAttemptAsync(string identifier, CancellationToken cancellationToken)
    {
        var (login, address) = await KeysAsync(identifier, cancellationToken);
        await ReturnAsync(login, cancellationToken);
        await ReturnAsync(address, cancellationToken);
    }

    public async Task ForgiveAsync(string identifier, CancellationToken cancellationToken)
    {
        var (login, address) = await KeysAsync(identifier, cancellationToken);
        await context.WriteAsync(() => Row(login).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        await ReturnAsync(address, cancellationToken);
    }

    private async Task<Result> TakeAsync(byte[] key, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = clock.Now();
            if (await CountAsync(key, limit, now, cancellationToken))
            {
                return Result.Success;
            }

            var row = await Row(key).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (row?.EndsAt > now)
            {
                if (row.Count >= limit)
                {
                    return UserErrors.TooManyAttempts with { RetryAfter = row.EndsAt - now };
                }

                // Somebody else has begun the term, or given an attempt back, since the count.
                continue;
            }

            if (await BeginAsync(key, now, cancellationToken))
            {
                return Result.Success;
            }
        }
    }

    private async Task<bool> CountAsync(
        byte[] key,
        int limit,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await context.WriteAsync(
            () =>
                Row(key)
                    .Where(failures => failures.EndsAt > now && failures.Count < limit)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(failures => failures.Count, failures => failures.Count + 1),
                        cancellationToken
                    ),
            cancellationToken
        ) == 1;

    /// <summary>The first failure of a new term; false when somebody else has begun it.</summary>
    private async Task<bool> BeginAsync(byte[] key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = new SignInFailures
        {
            Key = key,
            Count = 1,
            EndsAt = now.AddMinutes(options.FailedSignInMinutes),
        };
        context.Add(first);
        try
        {
            return await context.WriteAsync(
                async () =>
                {
                    // What is void goes, this key's row included: the table holds one term's failures and no more.
                    await context
                        .SignInFailures.Where(failures => failures.EndsAt <= now)
                        .ExecuteDeleteAsync(cancellationToken);
                    return await context.SaveChangesAsync(cancellationToken) == 1;
                },
                cancellationToken
            );
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is DbException cause && context.IsUniqueViolation(cause))
        {
            return false;
        }
        finally
        {
            context.Entry(first).State = EntityState.Detached;
        }
    }

    private Task<int> ReturnAsync(byte[] key, CancellationToken cancellationToken) =>
        context.WriteAsync(
            () =>
                Row(key)
                    .Where(failures => failures.Count > 0)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(failures => failures.Count, failures => failures.Count - 1),
                        cancellationToken
                    ),
            cancellationToken
        );

    private IQueryable<SignInFailures> Row(byte[] key) => context.SignInFailures.Where(failures => failures.Key == key);

    private async ValueTask<(byte[] Login, byte[] Address)> KeysAsync(
        string identifier,
        CancellationToken cancellationToken
    )
    {
        var secret = await secrets.GetSignInKeyAsync(cancellationToken);
        return (
            Hash(secret, $"login:{identifier.Normalize(NormalizationForm.FormKC).ToUpperInvariant()}"),
            Hash(secret, $"address:{NetworkOf(client.IpAddress)}")
        );
    }

    private static string? NetworkOf(string? address) =>
        IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(parsed.GetAddressBytes().AsSpan(0, Ipv6PrefixBytes))
            : address;

    private static byte[] Hash(byte[] secret, string text) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text));
}
