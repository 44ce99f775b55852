using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;

namespace Fitnessify.WebApi.Http;

/// <summary>
/// Reads bodies. The framework's formatter tells all failures in one way, as text; this one tells broken JSON, an unknown
/// member and a wrong type apart, and names the place.
/// </summary>
internal sealed class JsonBody : InputFormatter
{
    private const string MediaType = "application/json";

    private static readonly JsonSerializerOptions Lenient = new(Json.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
    };

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = Json.Options.MaxDepth,
        AllowDuplicateProperties = false,
    };

    public JsonBody() => SupportedMediaTypes.Add(MediaType);

    // The base class would take anything that ends in +json.
    public override bool CanRead(InputFormatterContext context) =>
        MediaTypeHeaderValue.TryParse(context.HttpContext.Request.ContentType, out var type)
        && type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
        && (
            !type.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        );

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        var reader = context.HttpContext.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.HttpContext.RequestAborted);
            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var result = Read(context, read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray());
            reader.AdvanceTo(read.Buffer.End);
            return result;
        }
    }

    private static InputFormatterResult Read(InputFormatterContext context, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return InputFormatterResult.NoValue();
        }

        try
        {
            return JsonSerializer.Deserialize(body, context.ModelType, Json.Options) is { } model
                ? InputFormatterResult.Success(model)
                : Refuse(context, WrongType([]));
        }
        catch (JsonException exception)
        {
            return Refuse(context, Explain(body, context.ModelType, exception));
        }
    }

    private static InputFormatterResult Refuse(InputFormatterContext context, Error error)
    {
        context.HttpContext.Features.Set(new RefusedBody(error));
        context.ModelState.AddModelError(context.ModelName, error.Code);
        return InputFormatterResult.Failure();
    }

    private static Error Explain(ReadOnlySpan<byte> body, Type type, JsonException exception)
    {
        if (!Utf8.IsValid(body) || !IsWellFormed(body))
        {
            return HttpErrors.MalformedJson;
        }

        var path = JsonPath.Parse(exception.Path);
        return IsUnknownMember(body, type, exception)
            ? HttpErrors.UnknownMember with
            {
                Fields = [new FieldError(path, FieldErrorCodes.NotAllowed, "This member is not known here.")],
            }
            : WrongType(path);
    }

    // Half a surrogate pair is valid as JSON but is no text (RFC 8259, 8.2): a string with one cannot be decoded.
    private static bool IsWellFormed(ReadOnlySpan<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToArray(), Strict);
            Decode(document.RootElement);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Decode(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            _ = element.GetString();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Decode(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                _ = member.Name;
                Decode(member.Value);
            }
        }
    }

    // The exception does not say what it is about. But a member was unknown if skipping unknown ones gets further.
    private static bool IsUnknownMember(ReadOnlySpan<byte> body, Type type, JsonException exception)
    {
        try
        {
            JsonSerializer.Deserialize(body, type, Lenient);
            return true;
        }
        catch (JsonException next)
        {
            return next.Path != exception.Path;
        }
    }

    private static Error WrongType(IReadOnlyList<string> path) =>
        CommonErrors.Validation(
            new FieldError(path, FieldErrorCodes.InvalidType, "The value does not have the documented type.")
        );
}
