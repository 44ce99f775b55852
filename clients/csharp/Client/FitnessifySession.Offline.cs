namespace Fitnessify.Client;

public sealed partial class FitnessifySession
{
    /// <summary>
    /// Opens the tasks and lists on this device, which the app reads and writes without a connection. A device that is not signed in
    /// can open them and write, too; only <see cref="OfflineReplica.SyncAsync"/> needs tokens.
    /// </summary>
    /// <param name="store">The store, which the replica closes when it is disposed.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <exception cref="OfflineException">The store is in use or damaged.</exception>
    public Task<OfflineReplica> OfflineAsync(
        IOfflineStore store,
        OfflineOptions? options = null,
        CancellationToken cancellationToken = default
    ) => OfflineReplica.OpenAsync(this, store, options ?? new OfflineOptions(), cancellationToken);

    /// <summary>Returns the id of the session of the tokens; null without tokens.</summary>
    internal async Task<Guid?> SessionIdAsync(CancellationToken ct) =>
        (await Tokens.GetAsync(ct).ConfigureAwait(false))?.SessionId;
}
