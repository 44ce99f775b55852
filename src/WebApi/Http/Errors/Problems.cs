using System.Diagnostics;
using System.Globalization;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.WebApi.Http.Json;
using Fitnessify.WebApi.Http.Security;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>This is the only place that turns an <see cref="Error"/> into problem details (RFC 9457).</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static int StatusOf(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.Invalid => StatusCodes.Status400BadRequest,
            ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
            ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
            ErrorKind.NotAcceptable => StatusCodes.Status406NotAcceptable,
            ErrorKind.Conflict => StatusCodes.Status409Conflict,
            ErrorKind.Gone => StatusCodes.Status410Gone,
            ErrorKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
            ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
            ErrorKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
            ErrorKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
            ErrorKind.Throttled => StatusCodes.Status429TooManyRequests,
            ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };

    public static Task WriteAsync(HttpContext context, Error error)
    {
        var response = context.Response;
        response.StatusCode = StatusOf(error.Kind);
        if (error.RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (ChallengeOf(error) is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }

        var problem = Describe(context.Request, error);
        return response.WriteAsJsonAsync(problem, JsonFormat.Options, ContentType, context.RequestAborted);
    }

    /// <summary>The framework answers some requests with a status and no body; this adds the body.</summary>
    public static Task WriteForStatusAsync(HttpContext context) =>
        WriteAsync(context, ForStatus(context.Response.StatusCode));

    public static Error ForStatus(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest or StatusCodes.Status408RequestTimeout => HttpErrors.MalformedJson,
            StatusCodes.Status401Unauthorized => SessionErrors.Unauthenticated,
            StatusCodes.Status403Forbidden => AdminErrors.PermissionDenied,
            StatusCodes.Status404NotFound => CommonErrors.NotFound,
            StatusCodes.Status405MethodNotAllowed => HttpErrors.MethodNotAllowed,
            StatusCodes.Status406NotAcceptable => HttpErrors.NotAcceptable,
            StatusCodes.Status412PreconditionFailed => CommonErrors.PreconditionFailed,
            StatusCodes.Status413PayloadTooLarge => HttpErrors.PayloadTooLarge,
            StatusCodes.Status415UnsupportedMediaType => HttpErrors.UnsupportedMediaType,
            StatusCodes.Status503ServiceUnavailable => CommonErrors.ServiceUnavailable,
            _ => HttpErrors.InternalError,
        };

    // The challenge names the problem of the token (RFC 6750, 3). A wrong password does not concern the bearer scheme.
    private static string? ChallengeOf(Error error) =>
        error == SessionErrors.Unauthenticated ? "Bearer"
        : error == SessionErrors.TokenExpired || error == SessionErrors.SessionRevoked
            ? "Bearer error=\"invalid_token\""
        : null;

    public static ProblemDetails Describe(HttpRequest request, Error error)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:fitnessify:error:{error.Code}",
            Title = TitleOf(error.Code),
            Status = StatusOf(error.Kind),
            Detail = error.Message,
            Instance = request.PathBase + request.Path,
        };
        problem.Extensions["code"] = error.Code;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? request.HttpContext.TraceIdentifier;
        foreach (var (name, value) in error.Details ?? new Dictionary<string, object>())
        {
            problem.Extensions[name] = value;
        }

        if (error.Fields is { } fields)
        {
            // A request without a body can only have a wrong parameter.
            var inBody = !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);
            problem.Extensions["errors"] = fields
                .Select(field => Describe(field, inBody && !field.IsParameter))
                .ToList();
        }

        if (error.HasMoreFields)
        {
            problem.Extensions["hasMoreErrors"] = true;
        }

        return problem;
    }

    /// <summary>The title of "username_taken" is "Username taken".</summary>
    public static string TitleOf(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('_', ' ');

    private static Dictionary<string, string> Describe(FieldError field, bool inBody) =>
        new()
        {
            [inBody ? "pointer" : "parameter"] = inBody ? Pointer(field.Path) : field.Path[0],
            ["code"] = field.Code,
            ["detail"] = field.Detail,
        };

    // This is a JSON pointer in URI fragment form (RFC 6901, 6).
    private static string Pointer(IEnumerable<string> path) =>
        "#"
        + string.Concat(
            path.Select(name =>
                "/"
                + Uri.EscapeDataString(
                    name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
                )
            )
        );
}

internal sealed class ProblemResult(Error error) : ActionResult
{
    public override Task ExecuteResultAsync(ActionContext context) =>
        Problems.WriteAsync(context.HttpContext, Explain(context.HttpContext));

    // A use case that was reached without a session does not know the reason; the authorization layer does.
    private Error Explain(HttpContext context) =>
        error == SessionErrors.Unauthenticated && context.Features.Get<RefusedAccessToken>() is { } refused
            ? refused.Error
            : error;
}
