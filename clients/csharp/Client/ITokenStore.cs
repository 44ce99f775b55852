namespace Fitnessify.Client;

/// <summary>
/// The store keeps the tokens of a device. It must be as safe as a store of passwords. A session calls one method of it at a time, and
/// several sessions, also of several processes, can share what it keeps.
/// </summary>
public interface ITokenStore
{
    /// <summary>
    /// Returns the tokens, or null if there are none. A session keeps them in memory, and calls this again only while there are none,
    /// before it refreshes the tokens and before it clears them.
    /// </summary>
    Task<TokensDto?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the stored tokens. They must be durable when the method completes.</summary>
    /// <param name="cancellationToken">A session cannot cancel this, because the server has issued the tokens by then.</param>
    Task SetAsync(TokensDto tokens, CancellationToken cancellationToken);

    /// <summary>Deletes the stored tokens.</summary>
    /// <param name="cancellationToken">A session cannot cancel this, because the tokens are not valid any more.</param>
    Task ClearAsync(CancellationToken cancellationToken);
}
