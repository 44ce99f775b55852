using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>The OpenAPI document and its pages.</summary>
internal static class ApiDocument
{
    // No {documentName}: for another name the framework would answer 404 in plain text.
    public const string Route = $"/openapi/{DocumentName}.json";

    private const string DocumentName = "v1";
    private const string PagesRoute = "docs";

    // The generators of the clients read 3.0.
    private const OpenApiSpecVersion Version = OpenApiSpecVersion.OpenApi3_0;

    public static void AddOpenApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            DocumentName,
            options =>
            {
                options.OpenApiVersion = Version;
                options.ShouldInclude = description => !HttpMethods.IsHead(description.HttpMethod!);
                options.CreateSchemaReferenceId = info =>
                    SchemaTransformer.IsOptional(info.Type) ? null
                    : info.Type == typeof(ProblemDetails) ? DocumentTransformer.ProblemSchema
                    : OpenApiOptions.CreateDefaultSchemaReferenceId(info);
                options.AddDocumentTransformer<DocumentTransformer>();
                options.AddDocumentTransformer<ReferenceTransformer>();
                options.AddOperationTransformer<OperationTransformer>();
                options.AddSchemaTransformer<SchemaTransformer>();
            }
        );

    public static void UseApiPages(this WebApplication app) =>
        // Elsewhere it would look at each path with several expressions.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments($"/{PagesRoute}"),
            pages =>
                pages.UseSwaggerUI(options =>
                {
                    options.RoutePrefix = PagesRoute;
                    options.DocumentTitle = "Fitnessify API";
                    options.SwaggerEndpoint(Route, "Fitnessify API v1");
                    options.DocExpansion(DocExpansion.List);
                    options.DisplayOperationId();
                    options.EnablePersistAuthorization();
                })
        );

    /// <summary>Writes the document to a file, without serving.</summary>
    public static async Task WriteAsync(WebApplication app, string file)
    {
        var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        var document = await provider.GetOpenApiDocumentAsync();
        await File.WriteAllTextAsync(file, await document.SerializeAsJsonAsync(Version));
    }
}
