using System.Security.Cryptography;
using System.Text;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>The wrong passwords of one login or one address.</summary>
internal sealed class SignInFailures
{
    /// <summary>Bytes.</summary>
    public const int KeyLength = HMACSHA256.HashSizeInBytes;

    /// <summary>A keyed hash of the login or the address.</summary>
    public required byte[] Key { get; init; }

    /// <summary>The hash of the login alone, where <see cref="Key"/> is of the login and something else: who forgets the one forgets the other.</summary>
    public byte[]? LoginKey { get; init; }

    public int Count { get; init; }

    /// <summary>UTC; from then on the count is void.</summary>
    public DateTimeOffset EndsAt { get; init; }
}

/// <summary>Counts in the database. Each step is one atomic statement, so that instances need no lock between them.</summary>
internal sealed class SignInFailureCounts(AppDbContext context, TimeSpan term, TimeProvider clock)
{
    private const int VoidRows = 20;

    /// <summary>The key of a counter; without the secret of the servers it tells nothing about the login or the address.</summary>
    public static byte[] Hash(byte[] secret, string text) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text));

    /// <summary>Counts one more, or fails with <c>too_many_attempts</c> when there are as many as the limit.</summary>
    public async Task<Result> TakeAsync(
        byte[] key,
        int limit,
        CancellationToken cancellationToken,
        byte[]? loginKey = null
    )
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
                    return AuthErrors.TooManyAttempts with { RetryAfter = row.EndsAt - now };
                }

                // Somebody else has begun the term, or given an attempt back, since the count.
                continue;
            }

            if (await BeginAsync(key, loginKey, now, cancellationToken))
            {
                return Result.Success;
            }
        }
    }

    /// <summary>Counts one less.</summary>
    public Task<int> ReturnAsync(byte[] key, CancellationToken cancellationToken) =>
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

    /// <summary>Counts from nothing again.</summary>
    public Task<int> ForgetAsync(byte[] key, CancellationToken cancellationToken) =>
        context.WriteAsync(() => Row(key).ExecuteDeleteAsync(cancellationToken), cancellationToken);

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
    private async Task<bool> BeginAsync(
        byte[] key,
        byte[]? loginKey,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await context.WriteAsync(
            async () =>
            {
                await Row(key).Where(failures => failures.EndsAt <= now).ExecuteDeleteAsync(cancellationToken);
                // For each row that comes several that are void go, so that the table holds little more than one term's.
                return await context
                    .SignInFailures.Where(failures => failures.EndsAt <= now)
                    .OrderBy(failures => failures.EndsAt)
                    .Take(VoidRows)
                    .ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken
        );
        var first = new SignInFailures
        {
            Key = key,
            LoginKey = loginKey,
            Count = 1,
            EndsAt = now + term,
        };
        return await context.TryInsertAsync(first, cancellationToken);
    }

    private IQueryable<SignInFailures> Row(byte[] key) => context.SignInFailures.Where(failures => failures.Key == key);
}
