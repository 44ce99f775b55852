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

internal static class ApiDocument
{
    public const string PagesRoute = "/docs";

    // The route has no {documentName}, so that other names get the usual 404.
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
        // The middleware would otherwise compare every path several times.
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
                    // The page is the same for every request, so that SecurityHeaders can list the hash of its script.
                    settings.TransformToExternalPath = (path, _) => path;
                })
        );

    public static async Task WriteAsync(WebApplication app, string file)
    {
        var document = await app.Services.GetRequiredService<IOpenApiDocumentGenerator>().GenerateAsync(DocumentName);
        await File.WriteAllTextAsync(file, document.ToJson());
    }

    /// <summary>The document is generated on the first request and kept as UTF-8 with its entity tag.</summary>
    private sealed class Cache(IOpenApiDocumentGenerator generator)
    {
        private readonly Lazy<Task<(byte[] Json, EntityTagHeaderValue Tag)>> _document = new(() =>
            CreateAsync(generator)
        );

        public Task<(byte[] Json, EntityTagHeaderValue Tag)> Document => _document.Value;

        private static async Task<(byte[], EntityTagHeaderValue)> CreateAsync(IOpenApiDocumentGenerator generator)
        {
            var document = await generator.GenerateAsync(DocumentName);
            // The file is indented for readers; half of the served document would be white space.
            var json = Encoding.UTF8.GetBytes(document.ToJson(SchemaType.OpenApi3, Formatting.None));
            // The XML documentation and the reflected types are not needed again.
            XmlDocs.ClearCache();
            CachedType.ClearCache();
            return (json, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json))}\""));
        }
    }
}
