using Fitnessify.WebApi.Http.Errors;
using NSwag;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>Each error code of the catalog has one example response.</summary>
internal static class ErrorExamples
{
    public static readonly SortedDictionary<string, OpenApiExample> ByCode = new(
        ErrorCatalogue.ByCode.ToDictionary(
            entry => entry.Key,
            entry => new OpenApiExample { Value = ValueOf(entry.Value) }
        ),
        StringComparer.Ordinal
    );

    private static object ValueOf(Domain.Common.Error error) =>
        new
        {
            type = $"urn:fitnessify:error:{error.Code}",
            title = Problems.TitleOf(error.Code),
            status = Problems.StatusOf(error.Kind),
            detail = error.Message,
            instance = "/api/v1/…",
            code = error.Code,
            traceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
}
