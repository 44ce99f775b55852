using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Testing;

/// <summary>The hashing of the product: a test can count what it did, let it be full, and let others act while it works.</summary>
internal sealed class WatchedHashing(IPasswordHashing hashing) : IPasswordHashing
{
    /// <summary>No place, no thread, no answer.</summary>
    public bool IsFull { get; set; }

    /// <summary>There are places, and no answer in time.</summary>
    public bool IsTooSlow { get; set; }

    /// <summary>The same from the next call but one on: there was time for a first one.</summary>
    public bool IsTooSlowAfterNext { get; set; }

    public int Hashed { get; private set; }

    public int Verified { get; private set; }

    /// <summary>Happens once, after the next verification and before its verification is given.</summary>
    public Func<Task>? Meanwhile { get; set; }

    /// <summary>Places that were taken and not given back.</summary>
    public int Places { get; private set; }

    public IDisposable? Enter()
    {
        if (IsFull)
        {
            return null;
        }

        Places++;
        return new Place(this, hashing.Enter());
    }

    public Task<Result<string>> HashAsync(string password, CancellationToken cancellationToken)
    {
        if (IsFull || IsTooSlow)
        {
            return Task.FromResult<Result<string>>(CommonErrors.ServiceUnavailable);
        }

        IsTooSlow = IsTooSlowAfterNext;
        Hashed++;
        return hashing.HashAsync(password, cancellationToken);
    }

    public async Task<Result<PasswordVerification>> VerifyAsync(
        string? hash,
        string password,
        CancellationToken cancellationToken
    )
    {
        if (IsFull || IsTooSlow)
        {
            return CommonErrors.ServiceUnavailable;
        }

        IsTooSlow = IsTooSlowAfterNext;
        Verified++;
        var verification = await hashing.VerifyAsync(hash, password, cancellationToken);
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }

        return verification;
    }

    private sealed class Place(WatchedHashing watched, IDisposable? place) : IDisposable
    {
        public void Dispose()
        {
            watched.Places--;
            place?.Dispose();
        }
    }
}
