using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>The store of a process that can be killed at any time: what is written afterwards is lost.</summary>
/// <param name="store">The store itself.</param>
/// <param name="path">The file of the store, in which a kill leaves a part of the write that is under way; null for no part.</param>
/// <param name="random">Where the part ends.</param>
internal sealed class MortalStore(IOfflineStore store, string? path = null, Random? random = null) : IOfflineStore
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writesLeft = int.MaxValue;

    /// <summary>Gets or sets a function that runs before each write; an exception fails it.</summary>
    public Action? BeforeWrite { get; set; }

    public bool IsDead { get; private set; }

    /// <summary>Gets whether a kill has left a part of a write.</summary>
    public bool IsTorn { get; private set; }

    public Task<IReadOnlyList<OfflineRecord>> OpenAsync(CancellationToken cancellationToken = default) =>
        store.OpenAsync(cancellationToken);

    /// <summary>Kills the process amid a later write.</summary>
    /// <param name="writes">How many writes are still made.</param>
    /// <returns>A task that completes when the process is dead.</returns>
    public Task KillAfter(int writes)
    {
        _writesLeft = writes;
        return _killed.Task;
    }

    public async Task KillAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await DieAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task WriteAsync(IReadOnlyList<OfflineRecord> records)
    {
        await _turn.WaitAsync();
        try
        {
            if (!IsDead && _writesLeft-- == 0)
            {
                await TearAsync(records);
                await DieAsync();
            }

            if (IsDead)
            {
                throw new IOException("The process is dead.");
            }

            BeforeWrite?.Invoke();
            await store.WriteAsync(records);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task CloseAsync() => IsDead ? Task.CompletedTask : store.CloseAsync();

    // The file only grows, unless the write has replaced it by a shorter one.
    private async Task TearAsync(IReadOnlyList<OfflineRecord> records)
    {
        if (path is null)
        {
            return;
        }

        var before = new FileInfo(path).Length;
        await store.WriteAsync(records);
        await store.CloseAsync();
        var after = new FileInfo(path).Length;
        if (after > before)
        {
            using var file = new FileStream(path, FileMode.Open);
            file.SetLength(random!.NextInt64(before, after + 1));
            IsTorn = file.Length > before && file.Length < after;
        }
    }

    private async Task DieAsync()
    {
        if (!IsDead)
        {
            IsDead = true;
            await store.CloseAsync();
            _killed.TrySetResult();
        }
    }
}
