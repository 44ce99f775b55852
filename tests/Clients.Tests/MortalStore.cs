using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>The store of a process that can be killed at any time: what is written afterwards is lost.</summary>
internal sealed class MortalStore(IOfflineStore store) : IOfflineStore
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDead;
    private int _writesLeft = int.MaxValue;

    /// <summary>Gets or sets a function that runs before each write; an exception fails it.</summary>
    public Action? BeforeWrite { get; set; }

    public Task<IReadOnlyList<OfflineRecord>> OpenAsync(CancellationToken cancellationToken = default) =>
        store.OpenAsync(cancellationToken);

    /// <summary>Kills the process in place of a later write.</summary>
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
            if (!_isDead && _writesLeft-- == 0)
            {
                await DieAsync();
            }

            if (_isDead)
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

    public Task CloseAsync() => _isDead ? Task.CompletedTask : store.CloseAsync();

    private async Task DieAsync()
    {
        if (!_isDead)
        {
            _isDead = true;
            await store.CloseAsync();
            _killed.TrySetResult();
        }
    }
}
