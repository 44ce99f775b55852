using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>These errors only exist over HTTP.</summary>
internal static class HttpErrors
{
    public static readonly Error MalformedJson = new(
        ErrorKind.Invalid,
        "malformed_json",
        "The body is not valid JSON in UTF-8, is nested too deeply, or has the same member twice."
    );

    public static readonly Error UnknownMember = new(
        ErrorKind.Invalid,
        "unknown_member",
        "The body has a member that is not known here; 'errors' says which."
    );

    public static readonly Error HttpsRequired = new(ErrorKind.Forbidden, "https_required", "Use HTTPS.");

    public static readonly Error MethodNotAllowed = new(
        ErrorKind.MethodNotAllowed,
        "method_not_allowed",
        "This path does not take this method; Allow lists those that it takes."
    );

    public static readonly Error NotAcceptable = new(
        ErrorKind.NotAcceptable,
        "not_acceptable",
        "The Accept header rules out what this route answers."
    );

    public static readonly Error PayloadTooLarge = new(
        ErrorKind.TooLarge,
        "payload_too_large",
        "The body is larger than this path takes."
    );

    public static readonly Error UnsupportedMediaType = new(
        ErrorKind.UnsupportedMediaType,
        "unsupported_media_type",
        "Send application/json in UTF-8."
    );

    public static readonly Error RateLimited = new(
        ErrorKind.Throttled,
        "rate_limited",
        "Too many requests. Try again after the time in Retry-After."
    );

    public static readonly Error InternalError = new(
        ErrorKind.Unexpected,
        "internal_error",
        "Something went wrong on the server. The traceId identifies what."
    );
}
