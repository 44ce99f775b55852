using System.Text;
using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>
/// This store keeps the tokens as text in a secure store of the platform. <c>SecureStorage</c> of MAUI fits as it is:
/// <c>new DelegateTokenStore(SecureStorage.Default.GetAsync, SecureStorage.Default.SetAsync, SecureStorage.Default.Remove)</c>.
/// </summary>
public sealed class DelegateTokenStore : ITokenStore
{
    private readonly Func<string, Task<string?>> _get;
    private readonly Func<string, string, Task> _set;
    private readonly Func<string, Task> _remove;
    private readonly string _key;

    /// <summary>Creates a store from three functions, the last of which completes at once.</summary>
    /// <param name="get">Returns the text under the key, or null if there is none.</param>
    /// <param name="set">Stores a text under the key.</param>
    /// <param name="remove">Removes what is stored under the key; its result is not used.</param>
    /// <param name="key">The key; an app for several users at a time needs one for each.</param>
    public DelegateTokenStore(
        Func<string, Task<string?>> get,
        Func<string, string, Task> set,
        Func<string, bool> remove,
        string key = "fitnessify.tokens"
    )
        : this(get, set, name => Task.FromResult(remove(name)), key) { }

    /// <summary>Creates a store from three asynchronous functions.</summary>
    /// <inheritdoc cref="DelegateTokenStore(Func{string, Task{string?}}, Func{string, string, Task}, Func{string, bool}, string)"/>
    /// <param name="remove">Removes what is stored under the key.</param>
    public DelegateTokenStore(
        Func<string, Task<string?>> get,
        Func<string, string, Task> set,
        Func<string, Task> remove,
        string key = "fitnessify.tokens"
    ) => (_get, _set, _remove, _key) = (get, set, remove, key);

    /// <summary>Returns the tokens, or null if there are none or if the stored text is damaged.</summary>
    /// <param name="cancellationToken">Has no effect, because the functions take no token.</param>
    public async Task<TokensDto?> GetAsync(CancellationToken cancellationToken = default) =>
        await _get(_key).ConfigureAwait(false) is { } json ? Parse(Encoding.UTF8.GetBytes(json)) : null;

    /// <summary>Replaces the stored tokens.</summary>
    /// <param name="cancellationToken">Has no effect, because the functions take no token.</param>
    public Task SetAsync(TokensDto tokens, CancellationToken cancellationToken = default) =>
        _set(_key, ApiJson.Write(tokens).GetRawText());

    /// <summary>Deletes the stored tokens.</summary>
    /// <param name="cancellationToken">Has no effect, because the functions take no token.</param>
    public Task ClearAsync(CancellationToken cancellationToken = default) => _remove(_key);

    /// <summary>Returns stored tokens, or null if they are damaged: the user then signs in again.</summary>
    internal static TokensDto? Parse(byte[] json)
    {
        try
        {
            return ApiJson.Read<TokensDto?>(json) is { AccessToken.Length: > 0, RefreshToken.Length: > 0 } tokens
                ? tokens
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
