namespace Fitnessify.Domain.Common;

/// <summary>What went wrong, in the terms of a caller. The edge maps each kind to one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request does not have the right shape.</summary>
    Invalid,

    /// <summary>Nobody, or nobody any more, is signed in.</summary>
    Unauthenticated,

    /// <summary>Known, but not allowed.</summary>
    Forbidden,

    /// <summary>There is no such thing for this caller.</summary>
    NotFound,

    /// <summary>The path exists, but not with this method.</summary>
    MethodNotAllowed,

    /// <summary>No representation that the caller accepts.</summary>
    NotAcceptable,

    /// <summary>The state of the system does not permit it.</summary>
    Conflict,

    /// <summary>It was there once, and is not any more.</summary>
    Gone,

    /// <summary>Not in the state that the request expects.</summary>
    PreconditionFailed,

    /// <summary>More than the accepted number of bytes.</summary>
    TooLarge,

    /// <summary>Not a format that is read here.</summary>
    UnsupportedMediaType,

    /// <summary>Right in shape, refused for what it says.</summary>
    Unprocessable,

    /// <summary>Too often; later again.</summary>
    Throttled,

    /// <summary>A bug.</summary>
    Unexpected,

    /// <summary>Overload or an outage; later again.</summary>
    Unavailable,
}

/// <summary>An expected failure, passed on as a value.</summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Stable snake_case name, part of the API contract: never renamed, never reused.</param>
/// <param name="Message">One sentence for the developer who reads the answer. Never holds what the caller sent.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    /// <summary>The most that one failure lists in <see cref="Fields"/>.</summary>
    public const int MaxFields = 100;

    /// <summary>Further members of the answer, by their JSON name.</summary>
    public IReadOnlyDictionary<string, object>? Details { get; init; }

    /// <summary>The members or parameters that are wrong; only with <c>validation_failed</c>.</summary>
    public IReadOnlyList<FieldError>? Fields { get; init; }

    /// <summary>Whether more is wrong than <see cref="Fields"/> lists.</summary>
    public bool HasMoreFields { get; init; }

    /// <summary>When it makes sense to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>One wrong member of the body or one wrong parameter.</summary>
/// <param name="Path">The way to it in wire names, one element a level; empty for the whole body.</param>
/// <param name="Code">One of <see cref="FieldErrorCodes"/>.</param>
/// <param name="Detail">One sentence for a developer.</param>
public sealed record FieldError(IReadOnlyList<string> Path, string Code, string Detail)
{
    /// <summary>Whether it is a parameter though the request could have a body.</summary>
    public bool IsParameter { get; init; }
}

/// <summary>What can be wrong with a single value; part of the API contract.</summary>
public static class FieldErrorCodes
{
    /// <summary>Missing, null or blank.</summary>
    public const string Required = "required";

    /// <summary>Fewer characters or items than the minimum.</summary>
    public const string TooShort = "too_short";

    /// <summary>More characters or items than the maximum.</summary>
    public const string TooLong = "too_long";

    /// <summary>Not of the required form.</summary>
    public const string InvalidFormat = "invalid_format";

    /// <summary>Another JSON type than the documented one.</summary>
    public const string InvalidType = "invalid_type";

    /// <summary>Outside the permitted range.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>Well formed, but not permitted.</summary>
    public const string NotAllowed = "not_allowed";

    /// <summary>The same value twice.</summary>
    public const string Duplicate = "duplicate";
}
