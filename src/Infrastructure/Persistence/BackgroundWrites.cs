using Fitnessify.Domain.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// Writes that a read brings with it, outside of its request: so reads go on while the database cannot be written. What is
/// not written is tried again by the next read that brings it.
/// </summary>
internal sealed partial class BackgroundWrites(
    IServiceScopeFactory scopes,
    IOutages outages,
    ILogger<BackgroundWrites> logger
) : IAsyncDisposable
{
    // What comes while so many wait is left for later.
    private const int MaxWaiting = 32;

    private static readonly TimeSpan EndingInterval = TimeSpan.FromMilliseconds(10);

    private int _waiting;

    /// <summary>Begins to write.</summary>
    /// <param name="write">On a context of its own; answers whether something was written.</param>
    /// <returns>What it answers; null when it could not be written.</returns>
    public Task<bool?> RunAsync(Func<AppDbContext, Task<bool>> write)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return Task.FromResult<bool?>(null);
        }

        return Task.Run(() => WriteAsync(write));
    }

    /// <summary>After what has begun has ended; nothing waits longer than the database lets it.</summary>
    public async ValueTask DisposeAsync()
    {
        while (Volatile.Read(ref _waiting) > 0)
        {
            await Task.Delay(EndingInterval);
        }
    }

    private async Task<bool?> WriteAsync(Func<AppDbContext, Task<bool>> write)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await write(scope.ServiceProvider.GetRequiredService<AppDbContext>());
        }
#pragma warning disable CA1031 // Nobody waits for it who could be told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (outages.IsOutage(exception))
            {
                LogNotWritten(exception.GetBaseException().Message);
            }
            else
            {
                LogFailed(exception);
            }

            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    [LoggerMessage(LogLevel.Warning, "What a read brings with it was not written: {Reason}. A later read tries again.")]
    private partial void LogNotWritten(string reason);

    [LoggerMessage(LogLevel.Error, "What a read brings with it cannot be written")]
    private partial void LogFailed(Exception exception);
}
