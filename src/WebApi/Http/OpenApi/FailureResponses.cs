using System.Globalization;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Authorization;
using NJsonSchema;
using NSwag;

namespace Fitnessify.WebApi.Http.OpenApi;

internal static class FailureResponses
{
    private static readonly string[] AnyRoute =
    [
        HttpErrors.HttpsRequired.Code,
        HttpErrors.NotAcceptable.Code,
        HttpErrors.RateLimited.Code,
        HttpErrors.InternalError.Code,
        CommonErrors.ServiceUnavailable.Code,
    ];

    private static readonly string[] WithInput = ["validation_failed"];
    private static readonly string[] WithBody =
    [
        HttpErrors.MalformedJson.Code,
        HttpErrors.UnknownMember.Code,
        HttpErrors.PayloadTooLarge.Code,
        HttpErrors.UnsupportedMediaType.Code,
    ];

    private static readonly string[] WithSession =
    [
        SessionErrors.Unauthenticated.Code,
        SessionErrors.TokenExpired.Code,
        SessionErrors.SessionRevoked.Code,
    ];

    private static readonly string[] WithPermission = [AdminErrors.PermissionDenied.Code];

    public static void AddTo(OpenApiOperation operation, IList<object> metadata, bool isAnonymous, JsonSchema problem)
    {
        foreach (var codes in CodesOf(operation, metadata, isAnonymous).GroupBy(StatusOf).OrderBy(codes => codes.Key))
        {
            operation.Responses[codes.Key.ToString(CultureInfo.InvariantCulture)] = Describe(
                codes.Key,
                [.. codes],
                problem
            );
        }
    }

    private static IEnumerable<string> CodesOf(OpenApiOperation operation, IList<object> metadata, bool isAnonymous)
    {
        return metadata
            .OfType<FailsAttribute>()
            .SelectMany(fails => fails.Codes)
            .Concat(AnyRoute)
            // NSwag lists the body among the parameters.
            .Concat(operation.Parameters.Count > 0 ? WithInput : [])
            .Concat(operation.RequestBody is null ? [] : WithBody)
            .Concat(isAnonymous ? [] : WithSession)
            .Concat(metadata.OfType<IAuthorizeData>().Any(data => data.Policy is not null) ? WithPermission : []);
    }

    private static int StatusOf(string code) => Problems.StatusOf(ErrorCatalogue.ByCode[code].Kind);

    private static OpenApiResponse Describe(int status, IReadOnlyList<string> codes, JsonSchema problem)
    {
        var content = new OpenApiMediaType { Schema = problem };
        foreach (var code in codes)
        {
            content.Examples[code] = new OpenApiExample { Reference = ErrorExamples.ByCode[code] };
        }

        var response = new OpenApiResponse
        {
            Description = string.Join(" ", codes.Select(code => $"`{code}`: {ErrorCatalogue.ByCode[code].Message}")),
            Content = { [Problems.ContentType] = content },
        };
        ResponseHeaders.AddTo(response, status, codes);
        return response;
    }
}
