using Fitnessify.Application.Lists;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Sessions;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.RateLimits;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Net.Http.Headers;
using NJsonSchema;
using NSwag;

namespace Fitnessify.WebApi.Http.OpenApi;

internal static class ResponseHeaders
{
    public static readonly IReadOnlyDictionary<string, OpenApiHeader> ByName = new Dictionary<string, OpenApiHeader>
    {
        [HeaderNames.ETag] = Text("The version of the task or list, for If-Match and If-None-Match.", "\"17\""),
        [HeaderNames.Location] = Text(
            "The path of what was created, or of the list that it is in.",
            "/api/v1/users/me"
        ),
        [HeaderNames.RetryAfter] = new()
        {
            Description = "After how many seconds to try again.",
            Schema = new JsonSchema { Type = JsonObjectType.Integer, Example = 2 },
        },
        [HeaderNames.WWWAuthenticate] = Text(
            "How to authenticate, and whether the token that was sent is invalid (RFC 6750, 3).",
            "Bearer error=\"invalid_token\""
        ),
        [RateLimiting.FieldName] = Text(
            "What is left of the limit: r calls within the next t seconds (draft-ietf-httpapi-ratelimit-headers-10).",
            "\"default\";r=299;t=60"
        ),
        [RateLimiting.PolicyFieldName] = Text("The limit: q calls within w seconds.", "\"default\";q=300;w=60"),
    };

    public static void AddTo(OpenApiResponse response, ApiResponseType success) =>
        Add(
            response,
            (
                HeaderNames.ETag,
                success.Type == typeof(TaskDto)
                    || success.Type == typeof(ListDto)
                    || success.StatusCode == StatusCodes.Status304NotModified
            ),
            (HeaderNames.Location, success.StatusCode == StatusCodes.Status201Created),
            (RateLimiting.FieldName, true),
            (RateLimiting.PolicyFieldName, true)
        );

    public static void AddTo(OpenApiResponse response, int status, IReadOnlyList<string> codes)
    {
        // Plain HTTP is refused before the rate limit is counted.
        var isCounted = codes.Any(code => code != HttpErrors.HttpsRequired.Code);
        Add(
            response,
            (
                HeaderNames.RetryAfter,
                status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable
            ),
            (HeaderNames.WWWAuthenticate, codes.Contains(SessionErrors.Unauthenticated.Code)),
            (RateLimiting.FieldName, isCounted),
            (RateLimiting.PolicyFieldName, isCounted)
        );
    }

    private static void Add(OpenApiResponse response, params IEnumerable<(string Name, bool IsSent)> headers)
    {
        foreach (var (name, _) in headers.Where(header => header.IsSent))
        {
            // NSwag would write a reference to the schema of the header instead of to the header.
            response.Headers[name] = new OpenApiHeader
            {
                ExtensionData = new Dictionary<string, object?> { ["$ref"] = $"#/components/headers/{name}" },
            };
        }
    }

    private static OpenApiHeader Text(string description, string example) =>
        new()
        {
            Description = description,
            Schema = new JsonSchema { Type = JsonObjectType.String, Example = example },
        };
}
