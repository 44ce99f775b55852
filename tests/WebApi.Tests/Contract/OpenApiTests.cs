using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Contract;

public sealed class OpenApiTests
{
    // Their bodies have only members that may be left out.
    private static readonly string[] WithoutBody =
    [
        "auth_logout",
        "identities_unlink",
        "mfa_disable",
        "mfa_enrolTotp",
        "mfa_replaceRecoveryCodes",
        "notifications_readAll",
        "passkeys_begin",
        "passkeys_remove",
        "users_deleteMe",
        "users_exportMe",
    ];

    private const string Path = "/openapi/v1.json";

    [TestCase("GET")]
    [TestCase("HEAD")]
    public async Task The_document_is_not_sent_to_a_client_that_accepts_only_another_type(string method)
    {
        using var response = await Api.Shared.Anonymous().SendAsync(method, Path, ("If-Match", "\"-1\""));
        Assert.That((int)response.StatusCode, Is.EqualTo(412));
    }

    [Test]
    public async Task The_document_equals_the_committed_one()
    {
        var committed = await Documents.ReadAsync("openapi.v1.json");
        using var served = await Api.Shared.Anonymous().GetAsync(Path);
        Assert.That(
            JsonNode.DeepEquals(
                await JsonNode.ParseAsync(await served.Content.ReadAsStreamAsync()),
                JsonNode.Parse(committed)
            ),
            Is.True,
            "Build src/WebApi and commit docs/openapi.v1.json."
        );
    }

    [Test]
    public async Task The_document_is_not_sent_again_to_a_client_that_has_it()
    {
        using var first = await Api.Shared.Anonymous().GetAsync(Path);
        using var again = await Api.Shared.Anonymous().SendAsync("GET", Path, ("If-None-Match", first.Header("ETag")!));
        using var head = await Api.Shared.Anonymous().SendAsync("HEAD", Path);
        using var other = await Api.Shared.Anonymous().SendAsync("GET", Path, ("If-None-Match", "\"other\""));

        Assert.That(first.Header("ETag"), Does.Match("^\"[0-9a-f]{64}\"$"));
        Assert.That(((int)again.StatusCode, again.Header("ETag")), Is.EqualTo((304, first.Header("ETag"))));
        Assert.That(await again.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(((int)head.StatusCode, head.Header("ETag")), Is.EqualTo((200, first.Header("ETag"))));
        Assert.That((int)other.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task All_references_resolve_and_headers_are_referenced_as_headers()
    {
        var document = JsonNode.Parse(await Documents.ReadAsync("openapi.v1.json"))!;
        var references = ReferencesIn(document).ToList();

        Assert.That(references, Has.Count.GreaterThan(1000));
        Assert.Multiple(() =>
        {
            foreach (var (location, target) in references)
            {
                var found = target[2..].Split('/').Aggregate((JsonNode?)document, (node, name) => node?[name]);
                Assert.That(found, Is.Not.Null, $"{location} refers to {target}.");
                var isHeader = Regex.IsMatch(location, @"\.headers(\.[A-Za-z-]+|\['[^']+'\])$");
                Assert.That(
                    found?["schema"] is not null,
                    Is.EqualTo(isHeader || target.StartsWith("#/components/parameters/", StringComparison.Ordinal)),
                    $"{location} refers to {target}."
                );
            }
        });
    }

    private static IEnumerable<(string Location, string Target)> ReferencesIn(JsonNode? node) =>
        node switch
        {
            JsonObject members when members["$ref"] is JsonValue target => [(members.GetPath(), (string)target!)],
            JsonObject members => members.SelectMany(member => ReferencesIn(member.Value)),
            JsonArray items => items.SelectMany(ReferencesIn),
            _ => [],
        };

    [Test]
    public async Task The_groups_of_routes_have_descriptions()
    {
        var tags = (await OpenApiDocument.GetAsync()).GetProperty("tags").EnumerateArray().ToList();
        var used = (await OpenApiDocument.OperationsAsync()).SelectMany(operation =>
            operation.Json.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())
        );
        Assert.That(tags.Select(tag => tag.Text("name")), Is.EquivalentTo(used.Distinct()));
        Assert.That(tags.Select(tag => tag.Text("description")), Has.All.Not.Empty);
    }

    [Test]
    public async Task The_groups_start_with_what_every_app_needs_and_end_with_administration()
    {
        string[] expected =
        [
            "Auth",
            "Guests",
            "Users",
            "Sessions",
            "Mfa",
            "Passkeys",
            "Identities",
            "Tasks",
            "Lists",
            "Changes",
            "Notifications",
            "NotificationSettings",
            "Devices",
            "Admin",
        ];
        var tags = (await OpenApiDocument.GetAsync()).GetProperty("tags").EnumerateArray();
        var ofPaths = (await OpenApiDocument.OperationsAsync()).Select(operation =>
            operation.Json.GetProperty("tags")[0].GetString()
        );
        Assert.That(tags.Select(tag => tag.Text("name")), Is.EqualTo(expected));
        Assert.That(ofPaths.Select(tag => Array.IndexOf(expected, tag)), Is.Ordered);
    }

    [Test]
    public async Task The_root_is_not_listed() =>
        Assert.That(
            (await OpenApiDocument.OperationsAsync()).Select(operation => operation.Path),
            Has.None.EqualTo("/")
        );

    [Test]
    public async Task The_headers_of_requests_and_responses_are_described()
    {
        var operations = (await OpenApiDocument.OperationsAsync()).ToDictionary(operation => operation.Id);
        var sent = operations["tasks_replace"].Json.GetProperty("parameters").EnumerateArray().ToList();
        string[] conditions = ["If-Match", "If-None-Match"];
        Assert.That(
            sent.Where(parameter => parameter.Text("in") == "header").Select(parameter => parameter.Text("name")),
            Is.EqualTo(conditions)
        );
        Assert.That(sent.Select(parameter => parameter.Text("description")), Has.All.Not.Empty);
        string[] counted = ["RateLimit", "RateLimit-Policy"];
        Assert.That(HeadersOf("tasks_create", "201"), Is.EquivalentTo([.. counted, "ETag", "Location"]));
        Assert.That(HeadersOf("tasks_get", "304"), Is.SupersetOf((string[])["ETag"]));
        Assert.That(HeadersOf("tasks_get", "401"), Is.EquivalentTo([.. counted, "WWW-Authenticate"]));
        Assert.That(HeadersOf("tasks_get", "429"), Is.EquivalentTo([.. counted, "Retry-After"]));
        Assert.That(HeadersOf("tasks_get", "503"), Is.EquivalentTo([.. counted, "Retry-After"]));

        IEnumerable<string> HeadersOf(string id, string status) =>
            operations[id].Json.GetProperty("responses").GetProperty(status).GetProperty("headers").Members();
    }

    [Test]
    public async Task Schemas_of_responses_are_open_and_those_of_bodies_closed()
    {
        var document = await OpenApiDocument.GetAsync();
        var schemas = Schemas(document);
        var bodies = (await OpenApiDocument.OperationsAsync())
            .Where(operation => operation.Json.TryGetProperty("requestBody", out _))
            .SelectMany(operation => References(operation.Json.GetProperty("requestBody")))
            .ToHashSet();
        var responses = (await OpenApiDocument.OperationsAsync())
            .SelectMany(operation => References(operation.Json.GetProperty("responses")))
            .ToHashSet();
        Assert.That(bodies, Has.Member("TaskInput").And.Member("TaskPatch"));
        Assert.That(responses, Has.Member("TaskDto").And.Member("Problem"));
        Assert.That(bodies.Select(name => IsClosed(schemas[name])), Has.All.True);
        Assert.That(responses.Select(name => IsClosed(schemas[name])), Has.All.False);

        static bool IsClosed(JsonElement schema) =>
            schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
    }

    [Test]
    public async Task Generators_can_read_the_document_at_any_base_address()
    {
        var document = await OpenApiDocument.GetAsync();
        Assert.That(document.Text("openapi"), Does.StartWith("3.0."));
        var servers = document.GetProperty("servers").EnumerateArray();
        Assert.That(servers.Select(server => server.Text("url")), Is.EqualTo((string[])["/"]));
    }

    [Test]
    public async Task Every_action_is_listed_once_under_its_name()
    {
        var operations = await OpenApiDocument.OperationsAsync();
        var listed = operations.Select(operation => $"{operation} {operation.Id}").ToList();
        Assert.That(listed, Is.EquivalentTo(Actions().Select(action => $"{action.Route} {action.Id}")));
        Assert.That(listed, Has.Member("POST /api/v1/auth/register auth_register"));
        Assert.That(operations.Select(operation => operation.Method), Has.None.EqualTo("head"));
    }

    [Test]
    public async Task Every_operation_has_a_summary_and_its_errors()
    {
        var actions = Actions().ToDictionary(action => action.Route, action => action.Endpoint);
        foreach (var operation in await OpenApiDocument.OperationsAsync())
        {
            var fails = actions[$"{operation}"].Metadata.GetMetadata<FailsAttribute>()?.Codes ?? [];
            var statuses = operation.Codes.Select(code => Problems.StatusOf(ErrorCatalogue.ByCode[code].Kind));
            Assert.Multiple(() =>
            {
                Assert.That(operation.Json.Text("summary"), Is.Not.Empty, $"{operation}");
                Assert.That(operation.Codes, Is.SupersetOf(fails).And.Member("internal_error"), $"{operation}");
                Assert.That(
                    operation.Failures,
                    Is.EqualTo(statuses.Zip(operation.Codes, (status, code) => $"{status} {code}"))
                );
            });
        }
    }

    [Test]
    public async Task A_token_is_required_only_where_the_server_requires_it()
    {
        var open = Actions()
            .Where(action => action.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(action => action.Route)
            .ToList();
        foreach (var operation in await OpenApiDocument.OperationsAsync())
        {
            Assert.That(operation.IsProtected, Is.EqualTo(!open.Contains($"{operation}")), $"{operation}");
            Assert.That(operation.Codes.Contains("unauthenticated"), Is.EqualTo(operation.IsProtected), $"{operation}");
        }
    }

    [Test]
    public async Task Bodies_have_their_media_types_and_say_whether_they_are_required()
    {
        var bodies = (await OpenApiDocument.OperationsAsync())
            .Where(operation => operation.Json.TryGetProperty("requestBody", out _))
            .ToDictionary(operation => operation.Id, operation => operation.Json.GetProperty("requestBody"));
        foreach (var (id, body) in bodies)
        {
            var isPatch = id is "users_updateMe" or "tasks_patch" or "lists_patch";
            Assert.That(
                body.GetProperty("content").Members(),
                Is.EqualTo(
                    isPatch ? ["application/json", "application/merge-patch+json"] : (string[])["application/json"]
                ),
                id
            );
            var isRequired = body.TryGetProperty("required", out var required) && required.GetBoolean();
            Assert.That(isRequired, Is.EqualTo(!WithoutBody.Contains(id)), id);
        }

        Assert.That(
            bodies.Keys,
            Is.SupersetOf((string[])["users_updateMe", "tasks_patch", "auth_logout", "auth_login"])
        );
    }

    [Test]
    public async Task Pages_declare_their_maximum_length()
    {
        var operations = await OpenApiDocument.OperationsAsync();
        var limit = operations
            .Single(operation => operation.Id == "users_listSecurityEvents")
            .Json.GetProperty("parameters")
            .EnumerateArray()
            .Single(parameter => parameter.Text("name") == "limit")
            .GetProperty("schema");
        string[] numbers = ["minimum", "maximum", "default"];
        Assert.That(numbers.Select(name => limit.GetProperty(name).GetDecimal()), Is.EqualTo((decimal[])[1, 200, 50]));
    }

    [Test]
    public async Task Every_operation_declares_the_media_type_of_its_response()
    {
        foreach (var operation in await OpenApiDocument.OperationsAsync())
        {
            var types =
                from response in operation.Json.GetProperty("responses").EnumerateObject()
                where response.Name[0] is '2' && response.Value.TryGetProperty("content", out _)
                from type in response.Value.GetProperty("content").Members()
                select type;
            var expected = operation.Id == "notifications_stream" ? "text/event-stream" : "application/json";
            Assert.That(types, Has.All.EqualTo(expected), $"{operation}");
        }
    }

    [Test]
    public async Task Examples_have_the_type_of_their_member()
    {
        var schemas = (await OpenApiDocument.GetAsync()).GetProperty("components").GetProperty("schemas");
        var examples =
            from schema in schemas.EnumerateObject()
            where schema.Value.TryGetProperty("properties", out _)
            from member in schema.Value.GetProperty("properties").EnumerateObject()
            where member.Value.TryGetProperty("example", out _)
            select (Name: $"{schema.Name}.{member.Name}", Schema: member.Value);
        Assert.Multiple(() =>
        {
            foreach (var (name, schema) in examples)
            {
                JsonValueKind[] kinds = schema.Text("type") switch
                {
                    "string" => [JsonValueKind.String, JsonValueKind.Null],
                    "boolean" => [JsonValueKind.True, JsonValueKind.False],
                    "integer" => [JsonValueKind.Number],
                    "object" => [JsonValueKind.Object],
                    _ => [JsonValueKind.Array],
                };
                Assert.That(kinds, Has.Member(schema.GetProperty("example").ValueKind), name);
            }
        });
    }

    [Test]
    public async Task All_error_codes_are_listed()
    {
        var codes = Schemas(await OpenApiDocument.GetAsync())["ErrorCode"].GetProperty("enum").EnumerateArray();
        Assert.That(codes.Select(code => code.GetString()), Is.EquivalentTo(ErrorCatalogue.ByCode.Keys));
    }

    [Test]
    public async Task Enumerations_and_references_are_readable_by_generators()
    {
        var document = await OpenApiDocument.GetAsync();
        // "Null or this" would allow anything.
        Assert.That(document.GetRawText(), Does.Not.Contain("\"oneOf\""));
        var schemas = Schemas(document);
        foreach (var (name, schema) in schemas.Where(schema => schema.Value.TryGetProperty("enum", out _)))
        {
            Assert.That(schema.Text("type"), Is.EqualTo("string"), name);
            Assert.That(
                schema.GetProperty("enum").EnumerateArray().Select(value => value.ValueKind),
                Has.All.EqualTo(JsonValueKind.String),
                name
            );
        }

        var members =
            from schema in schemas
            where schema.Value.TryGetProperty("properties", out _)
            from member in schema.Value.GetProperty("properties").EnumerateObject()
            select (Name: $"{schema.Key}.{member.Name}", Schema: member.Value);
        Assert.That(
            members.Where(member => member.Schema.TryGetProperty("enum", out _)).Select(member => member.Name),
            Is.Empty,
            "Enumerations have names."
        );
        var task = schemas["ChangeDto"].GetProperty("properties").GetProperty("task");
        Assert.That(task.GetProperty("nullable").GetBoolean(), Is.True);
        Assert.That(schemas["BatchResultBody"].GetRawText(), Does.Contain("#/components/schemas/Problem\""));
    }

    private static Dictionary<string, JsonElement> Schemas(JsonElement document) =>
        document
            .GetProperty("components")
            .GetProperty("schemas")
            .EnumerateObject()
            .ToDictionary(schema => schema.Name, schema => schema.Value);

    /// <summary>Returns the names of the directly referenced schemas.</summary>
    private static IEnumerable<string> References(JsonElement part) =>
        Regex.Matches(part.GetRawText(), "\"#/components/schemas/([^\"]+)\"").Select(match => match.Groups[1].Value);

    private static IEnumerable<(string Route, string Id, RouteEndpoint Endpoint)> Actions() =>
        from endpoint in Api.Shared.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
        let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
        where action is not null
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        where method != "HEAD"
        select (
            // The document has no route constraints: {id:guid} is {id} there.
            $"{method} /{endpoint.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal)}",
            $"{Camel(action.ControllerName)}_{Camel(action.ActionName)}",
            endpoint
        );

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
