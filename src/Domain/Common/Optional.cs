namespace Fitnessify.Domain.Common;

/// <summary>A member of a merge patch (RFC 7396): absent keeps what is there, null clears it, a value replaces it.</summary>
/// <typeparam name="T">The type of the value; nullable where clearing is allowed.</typeparam>
public readonly record struct Optional<T>
{
    /// <summary>A present member.</summary>
    public Optional(T value) => (IsPresent, Value) = (true, value);

    /// <summary>Whether the member was sent.</summary>
    public bool IsPresent { get; }

    /// <summary>What was sent, which may be null; default when absent.</summary>
    public T Value { get; } = default!;

    /// <summary>The same member with what is made of its value.</summary>
    public Optional<T> Select(Func<T, T> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return IsPresent ? new(selector(Value)) : this;
    }
}
