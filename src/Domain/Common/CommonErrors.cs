namespace Fitnessify.Domain.Common;

/// <summary>Failures that belong to no single feature.</summary>
public static class CommonErrors
{
    /// <summary>One or more values have the wrong shape; they are listed in <see cref="Error.Fields"/>.</summary>
    public static readonly Error ValidationFailed = new(
        ErrorKind.Invalid,
        "validation_failed",
        "One or more values are not valid; 'errors' says which."
    );

    /// <summary>A dependency is down or a queue is full.</summary>
    public static readonly Error ServiceUnavailable = new(
        ErrorKind.Unavailable,
        "service_unavailable",
        "The server cannot answer this request right now. Try again after the time in Retry-After."
    )
    {
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    /// <summary>The failure that lists these fields.</summary>
    public static Error Validation(params IReadOnlyList<FieldError> fields) =>
        ValidationFailed with
        {
            Fields = fields,
        };
}
