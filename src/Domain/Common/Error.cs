namespace Fitnessify.Domain.Common;

/// <summary>The kind of a failure. The HTTP layer maps each kind to one status.</summary>
public enum ErrorKind
{
    /// <summary>The request does not have the right shape (400).</summary>
    Invalid,

    /// <summary>The caller is not signed in (401).</summary>
    Unauthenticated,

    /// <summary>The caller is signed in, but not permitted (403).</summary>
    Forbidden,

    /// <summary>The resource does not exist for this caller (404).</summary>
    NotFound,

    /// <summary>The path exists, but not with this method (405).</summary>
    MethodNotAllowed,

    /// <summary>The server has no representation that the caller accepts (406).</summary>
    NotAcceptable,

    /// <summary>The current state does not permit the request (409).</summary>
    Conflict,

    /// <summary>The resource existed once and does not any more (410).</summary>
    Gone,

    /// <summary>The resource is not in the state that the request expects (412).</summary>
    PreconditionFailed,

    /// <summary>The request has more bytes than are accepted (413).</summary>
    TooLarge,

    /// <summary>The format of the request is not supported (415).</summary>
    UnsupportedMediaType,

    /// <summary>The request has the right shape, but its content is refused (422).</summary>
    Unprocessable,

    /// <summary>The caller has made too many requests and should try again later (429).</summary>
    Throttled,

    /// <summary>The server has a bug (500).</summary>
    Unexpected,

    /// <summary>The server is overloaded or a dependency is not available (503).</summary>
    Unavailable,
}

/// <summary>An expected failure that is returned as a value.</summary>
/// <param name="Kind">The kind, which determines the HTTP status.</param>
/// <param name="Code">The stable snake_case name. It is part of the API contract and is never renamed or reused.</param>
/// <param name="Message">One sentence for the developer who reads the answer. It never contains input of the caller.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    /// <summary>The largest number of fields that one failure lists in <see cref="Fields"/>.</summary>
    public const int MaxFields = 100;

    /// <summary>Further members of the problem document, by their JSON name.</summary>
    public IReadOnlyDictionary<string, object>? Details { get; init; }

    /// <summary>The members or parameters that are not valid; only with <c>validation_failed</c>.</summary>
    public IReadOnlyList<FieldError>? Fields { get; init; }

    /// <summary>Whether there are more errors than <see cref="Fields"/> lists.</summary>
    public bool HasMoreFields { get; init; }

    /// <summary>The time after which a retry can succeed.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>An error of one member of the body or of one parameter.</summary>
/// <param name="Path">The path of the member in wire names, one element per level; empty for the whole body.</param>
/// <param name="Code">The code, one of <see cref="FieldErrorCodes"/>.</param>
/// <param name="Detail">One sentence for a developer.</param>
public sealed record FieldError(IReadOnlyList<string> Path, string Code, string Detail)
{
    /// <summary>Whether the error is about a parameter of a request that may also have a body.</summary>
    public bool IsParameter { get; init; }
}

/// <summary>The codes of errors of a single value; part of the API contract.</summary>
public static class FieldErrorCodes
{
    /// <summary>The value is missing, null or blank.</summary>
    public const string Required = "required";

    /// <summary>The value has fewer characters or items than the minimum.</summary>
    public const string TooShort = "too_short";

    /// <summary>The value has more characters or items than the maximum.</summary>
    public const string TooLong = "too_long";

    /// <summary>The value does not have the required format.</summary>
    public const string InvalidFormat = "invalid_format";

    /// <summary>The value has another JSON type than the documented one.</summary>
    public const string InvalidType = "invalid_type";

    /// <summary>The value is outside the permitted range.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>The value is well formed, but not permitted.</summary>
    public const string NotAllowed = "not_allowed";

    /// <summary>The value occurs twice.</summary>
    public const string Duplicate = "duplicate";
}
