using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Domain.Common;

/// <summary>An outcome that can be created from an error without knowing the type of the value.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IOutcome<out TSelf>
{
    /// <summary>The error; null after success.</summary>
    Error? Error { get; }

    /// <summary>Creates a failed outcome.</summary>
    static abstract TSelf Failed(Error error);
}

/// <summary>Success without a value, or an expected failure.</summary>
public sealed class Result : IOutcome<Result>
{
    /// <summary>Success.</summary>
    public static readonly Result Success = new(null);

    private Result(Error? error) => Error = error;

    /// <inheritdoc />
    public Error? Error { get; }

    /// <summary>True unless there is an <see cref="Error"/>.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <inheritdoc />
    public static Result Failed(Error error) => new(error);

    /// <summary>Converts an error into a failed result.</summary>
    public static implicit operator Result(Error error) => Failed(error);

    /// <summary>Returns the value of <paramref name="make"/> after success, and the error otherwise.</summary>
    public Result<T> Then<T>(Func<T> make) => IsSuccess ? make() : Error;
}

/// <summary>A value, or an expected failure.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class Result<T> : IOutcome<Result<T>>
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    /// <summary>The value; default after a failure.</summary>
    public T? Value { get; }

    /// <inheritdoc />
    public Error? Error { get; }

    /// <summary>True if there is a <see cref="Value"/>.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <inheritdoc />
    public static Result<T> Failed(Error error) => new(default, error);

    /// <summary>Converts the value after success, and returns the error otherwise.</summary>
    public Result<TResult> Select<TResult>(Func<T, TResult> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        return IsSuccess ? selector(Value) : Error;
    }

    /// <summary>Returns the outcome of <paramref name="next"/> after success, and the error otherwise.</summary>
    public Result Then(Func<T, Result> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return IsSuccess ? next(Value) : Error;
    }

    /// <summary>Converts a value into a successful result.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Converts an error into a failed result.</summary>
    public static implicit operator Result<T>(Error error) => Failed(error);
}
