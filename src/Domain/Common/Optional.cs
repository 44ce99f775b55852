namespace Fitnessify.Domain.Common;

/// <summary>A member of a merge patch (RFC 7396): an absent member keeps the value, null clears it, and a value replaces it.</summary>
/// <typeparam name="T">The type of the value; nullable where clearing is allowed.</typeparam>
public readonly record struct Optional<T>
{
    /// <summary>Creates a member that is present.</summary>
    public Optional(T value) => (IsPresent, Value) = (true, value);

    /// <summary>Whether the member was sent.</summary>
    public bool IsPresent { get; }

    /// <summary>The value that was sent, which may be null; default if the member is absent.</summary>
    public T Value { get; } = default!;

    /// <summary>Applies the function to the value if the member is present.</summary>
    public Optional<T> Select(Func<T, T> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return IsPresent ? new(selector(Value)) : this;
    }
}
