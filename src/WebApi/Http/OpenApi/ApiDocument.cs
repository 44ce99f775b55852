using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Net.Http.Headers;
using Namotion.Reflection;
using Newtonsoft.Json;
using NJsonSchema;
using NJsonSchema.Generation;
using NSwag.AspNetCore;
using NSwag.Generation;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>The OpenAPI document and its pages.</summary>
internal static class ApiDocument
{
    /// <summary>Where its pages are.</summary>
    public const string PagesRoute = "/docs";

    // No {documentName}: another name is a path like any other that does not exist.
    private const string Route = $"/openapi/{DocumentName}.json";
    private const string DocumentName = "v1";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddOpenApiDocument(
            (settings, provider) =>
            {
                settings.DocumentName = DocumentName;
                settings.Title = "Fitnessify API";
                settings.Version = DocumentName;
                settings.Description =
                    "Accounts, sessions, tasks and administration for mobile apps. Failures are application/problem+json (RFC 9457); "
                    + "their member code is stable and says what to do.";
                settings.UseControllerSummaryAsTagDescription = true;
                settings.AddOperationFilter(context => context.OperationDescription.Method != "head");
                settings.OperationProcessors.Add(new OperationProcessor());
                settings.DocumentProcessors.Add(new DocumentProcessor());
                var schemas = settings.SchemaSettings;
                schemas.ReflectionService = new JsonTypes();
                schemas.DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull;
                schemas.XmlDocumentationFormatting = XmlDocsFormattingMode.Markdown;
                schemas.AlwaysAllowAdditionalObjectProperties = true;
                schemas.SchemaProcessors.Add(new SchemaProcessor(provider));
            }
        );
        services.AddSingleton<Cache>();
    }

    public static void MapApiDocument(this WebApplication app) =>
        app.MapMethods(
                Route,
                Methods,
                async (Cache cache) =>
                {
                    var (json, tag) = await cache.Document;
                    return TypedResults.Bytes(json, MediaTypeNames.Application.Json, entityTag: tag);
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();

    public static void UseApiPages(this WebApplication app) =>
        // Elsewhere it would look at each path with several comparisons.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(PagesRoute),
            pages =>
                pages.UseSwaggerUi(settings =>
                {
                    settings.Path = PagesRoute;
                    settings.DocumentTitle = "Fitnessify API";
                    settings.SwaggerRoutes.Add(new SwaggerUiRoute("Fitnessify API v1", Route));
                    settings.DocExpansion = "list";
                    settings.PersistAuthorization = true;
                    settings.AdditionalSettings["displayOperationId"] = true;
                    // The page is the same for every request, so that SecurityHeaders knows the hash of its script.
                    settings.TransformToExternalPath = (path, _) => path;
                })
        );

    /// <summary>Writes the document to a file, without serving.</summary>
    public static async Task WriteAsync(WebApplication app, string file)
    {
        var document = await app.Services.GetRequiredService<IOpenApiDocumentGenerator>().GenerateAsync(DocumentName);
        await File.WriteAllTextAsync(file, document.ToJson());
    }

    /// <summary>The document in UTF-8 with its entity tag. It is the same for everybody, and made when it is first asked for.</summary>
    private sealed class Cache(IOpenApiDocumentGenerator generator)
    {
        private readonly Lazy<Task<(byte[] JsonFormat, EntityTagHeaderValue Tag)>> _document = new(() =>
            CreateAsync(generator)
        );

        public Task<(byte[] JsonFormat, EntityTagHeaderValue Tag)> Document => _document.Value;

        private static async Task<(byte[], EntityTagHeaderValue)> CreateAsync(IOpenApiDocumentGenerator generator)
        {
            var document = await generator.GenerateAsync(DocumentName);
            // People read the file, or the pages; half of what would be sent is white space.
            var json = Encoding.UTF8.GetBytes(document.ToJson(SchemaType.OpenApi3, Formatting.None));
            // What was read of the XML documentation and of the types is not needed again.
            XmlDocs.ClearCache();
            CachedType.ClearCache();
            return (json, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json))}\""));
        }
    }
}
