using System.Security.Cryptography;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.DataProtection;

/// <summary>A random key that all instances share, because what is made with it has to hold everywhere and permanently.</summary>
internal sealed class ServerSecret
{
    public required string Name { get; init; }

    /// <summary>The key, protected with the key ring.</summary>
    public required byte[] Value { get; init; }
}

/// <summary>Creates each secret once, on the first instance that needs it.</summary>
internal sealed class ServerSecrets(IServiceScopeFactory scopes, IDataProtectionProvider dataProtection)
{
    private const int Length = 32;
    private const string SignInKeys = "sign-in-keys";
    private const string RecoveryCodeKeys = "recovery-code-keys";
    private const string VapidKeys = "vapid-keys";

    private readonly IDataProtector _protector = dataProtection.CreateProtector("Fitnessify.ServerSecret.v1");
    private byte[]? _signInKey;
    private byte[]? _recoveryCodeKey;

    /// <summary>
    /// Returns the key for the hashes of logins and addresses, so that the database does not reveal who tried to sign in.
    /// </summary>
    public async ValueTask<byte[]> GetSignInKeyAsync(CancellationToken cancellationToken) =>
        _signInKey ??= await GetAsync(SignInKeys, cancellationToken);

    /// <summary>Returns the key for the hashes of recovery codes, so that a copy of the database is not enough to guess them.</summary>
    public async ValueTask<byte[]> GetRecoveryCodeKeyAsync(CancellationToken cancellationToken) =>
        _recoveryCodeKey ??= await GetAsync(RecoveryCodeKeys, cancellationToken);

    /// <summary>Returns the private key on P-256 that push services know this server by (RFC 8292).</summary>
    public Task<byte[]> GetVapidKeyAsync(CancellationToken cancellationToken) =>
        GetAsync(VapidKeys, CreatePrivateKey, cancellationToken);

    private Task<byte[]> GetAsync(string name, CancellationToken cancellationToken) =>
        GetAsync(name, () => RandomNumberGenerator.GetBytes(Length), cancellationToken);

    private async Task<byte[]> GetAsync(string name, Func<byte[]> create, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        return await FindAsync(context, name, cancellationToken)
            ?? await StoreAsync(context, name, create(), cancellationToken);
    }

    private static byte[] CreatePrivateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportParameters(includePrivateParameters: true).D!;
    }

    private async Task<byte[]?> FindAsync(AppDbContext context, string name, CancellationToken cancellationToken)
    {
        var stored = await context
            .ServerSecrets.AsNoTracking()
            .SingleOrDefaultAsync(secret => secret.Name == name, cancellationToken);
        return stored is null ? null : _protector.Unprotect(stored.Value);
    }

    private async Task<byte[]> StoreAsync(
        AppDbContext context,
        string name,
        byte[] value,
        CancellationToken cancellationToken
    )
    {
        var secret = new ServerSecret { Name = name, Value = _protector.Protect(value) };
        // If another instance was faster, its secret is used.
        return await context.TryInsertAsync(secret, cancellationToken)
            ? value
            : (await FindAsync(context, name, cancellationToken))!;
    }
}
