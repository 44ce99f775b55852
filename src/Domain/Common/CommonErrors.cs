namespace Fitnessify.Domain.Common;

/// <summary>Failures that belong to no single feature.</summary>
public static class CommonErrors
{
    /// <summary>One or more values are not valid; <see cref="Error.Fields"/> lists them.</summary>
    public static readonly Error ValidationFailed = new(
        ErrorKind.Invalid,
        "validation_failed",
        "One or more values are not valid; 'errors' says which."
    );

    /// <summary>A dependency is not available or a queue is full.</summary>
    public static readonly Error ServiceUnavailable = new(
        ErrorKind.Unavailable,
        "service_unavailable",
        "The server cannot answer this request right now. Try again after the time in Retry-After."
    )
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    /// <summary>The resource does not exist or belongs to another user; the answer is the same.</summary>
    public static readonly Error NotFound = new(ErrorKind.NotFound, "not_found", "There is nothing here.");

    /// <summary>The request is valid, but the current state does not permit it.</summary>
    public static readonly Error StateConflict = new(
        ErrorKind.Conflict,
        "state_conflict",
        "As things stand now, this cannot be done."
    );

    /// <summary>
    /// The resource does not have the version that If-Match names, or exists although If-None-Match requires that it does not
    /// (RFC 9110, 13.1).
    /// </summary>
    public static readonly Error PreconditionFailed = new(
        ErrorKind.PreconditionFailed,
        "precondition_failed",
        "It has another version than the request expects; 'current' is what it is now."
    );

    /// <summary>The user has the largest permitted number of these; deleted ones count until they are purged.</summary>
    public static readonly Error LimitReached = new(
        ErrorKind.Conflict,
        "limit_reached",
        "There are as many as one user may have. Deleted ones count until they are purged."
    );

    /// <summary>The cursor was not issued for this list, filter and user.</summary>
    public static readonly Error InvalidCursor = new(
        ErrorKind.Invalid,
        "invalid_cursor",
        "The cursor does not belong to this list. Begin again without one."
    );

    /// <summary>Returns the failure that lists these fields, or the first <see cref="Error.MaxFields"/> of them.</summary>
    public static Error Validation(params IReadOnlyList<FieldError> fields) =>
        ValidationFailed with
        {
            Fields = fields.Count <= Error.MaxFields ? fields : [.. fields.Take(Error.MaxFields)],
            HasMoreFields = fields.Count > Error.MaxFields,
        };

    /// <summary>Returns the failure with the paths of its fields below this one.</summary>
    public static Error Within(this Error error, params IReadOnlyList<string> path)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error with
        {
            Fields = error.Fields?.Select(field => field with { Path = [.. path, .. field.Path] }).ToList(),
        };
    }
}
