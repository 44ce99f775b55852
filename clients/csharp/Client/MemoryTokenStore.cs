namespace Fitnessify.Client;

/// <summary>This store keeps the tokens until the process ends.</summary>
public sealed class MemoryTokenStore : ITokenStore
{
    private TokensDto? _tokens;

    /// <inheritdoc/>
    public Task<TokensDto?> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(_tokens);

    /// <inheritdoc/>
    public Task SetAsync(TokensDto tokens, CancellationToken cancellationToken = default) =>
        Task.FromResult(_tokens = tokens);

    /// <inheritdoc/>
    public Task ClearAsync(CancellationToken cancellationToken = default) => Task.FromResult(_tokens = null);
}
