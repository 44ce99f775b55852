using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;

namespace Fitnessify.Testing;

/// <summary>The hashing of the product: a test can count its calls, fill it up, and run actions while it works.</summary>
internal sealed class WatchedHashing(IPasswordHashing hashing) : IPasswordHashing
{
    /// <summary>Gets or sets whether all slots are taken, so that it fails at once.</summary>
    public bool IsFull { get; set; }

    /// <summary>Gets or sets whether it finds a slot and then times out.</summary>
    public bool IsTooSlow { get; set; }

    /// <summary>Gets or sets whether it times out from the second call on.</summary>
    public bool IsTooSlowAfterNext { get; set; }

    public int Hashed { get; private set; }

    public int Verified { get; private set; }

    /// <summary>Gets or sets an action that runs once, after the next verification and before its result is returned.</summary>
    public Func<Task>? AfterVerification { get; set; }

    /// <summary>Gets the number of slots that were taken and not released.</summary>
    public int TakenSlots { get; private set; }

    public IDisposable? Enter()
    {
        if (IsFull)
        {
            return null;
        }

        TakenSlots++;
        return new Slot(this, hashing.Enter());
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
        if (AfterVerification is { } action)
        {
            AfterVerification = null;
            await action();
        }

        return verification;
    }

    private sealed class Slot(WatchedHashing watched, IDisposable? slot) : IDisposable
    {
        public void Dispose()
        {
            watched.TakenSlots--;
            slot?.Dispose();
        }
    }
}
