using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Identity's password hasher, behind the gate.</summary>
internal sealed class PasswordHashing(HashingGate gate, AccountOptions options) : IPasswordHashing
{
    // The hasher takes a user for the sake of implementations that need one; Identity's own does not look at it.
    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> _hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations })
    );

    private readonly string _unmatchable = CreateUnmatchable(options.PasswordIterations);

    public IDisposable? Enter() => gate.Enter();

    public Task<Result<string>> HashAsync(string password, CancellationToken cancellationToken) =>
        gate.RunAsync(() => _hasher.HashPassword(Nobody, Normalize(password)), cancellationToken);

    public Task<Result<PasswordVerification>> VerifyAsync(
        string? hash,
        string password,
        CancellationToken cancellationToken
    ) => gate.RunAsync(() => Verify(hash ?? _unmatchable, password), cancellationToken);

    private PasswordVerification Verify(string hash, string password) =>
        _hasher.VerifyHashedPassword(Nobody, hash, Normalize(password)) switch
        {
            PasswordVerificationResult.Success => PasswordVerification.Success,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordVerification.SuccessRehashNeeded,
            _ => PasswordVerification.Failed,
        };

    // The same characters, typed on another device, may arrive in another form (NIST SP 800-63B-4, 3.1.1.2).
    private static string Normalize(string password) => password.Normalize(NormalizationForm.FormKC);

    // Identity's format 3 (marker, pseudo-random function, rounds, length of the salt, salt, key) around random bytes.
    private static string CreateUnmatchable(int iterations)
    {
        const int saltLength = 16;
        var hash = RandomNumberGenerator.GetBytes(13 + saltLength + 32);
        hash[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), 2);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), (uint)iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), saltLength);
        return Convert.ToBase64String(hash);
    }
}
