using System.Buffers;
using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>The formatter reads JSON bodies; <see cref="JsonErrorDiagnosis"/> explains what cannot be read.</summary>
internal sealed class JsonBody : InputFormatter
{
    /// <summary>This is the media type of merge patches (RFC 7396).</summary>
    public const string MergePatch = "application/merge-patch+json";

    private const string Json = "application/json";
    private const string IdentityCoding = "identity";

    // UTF-8 has a standard name and a common alias (WHATWG Encoding, 4.2).
    private static readonly string[] Utf8 = ["utf-8", "utf8"];

    public JsonBody()
    {
        SupportedMediaTypes.Add(Json);
        SupportedMediaTypes.Add(MergePatch);
    }

    /// <summary>The OpenAPI document shows merge patches only where an action consumes them.</summary>
    public override IReadOnlyList<string>? GetSupportedContentTypes(string? contentType, Type objectType) =>
        contentType is null ? [Json] : base.GetSupportedContentTypes(contentType, objectType);

    // The base class would accept any media type that ends in +json.
    public override bool CanRead(InputFormatterContext context)
    {
        if (HasNoContentCoding(context.HttpContext.Request.Headers.ContentEncoding))
        {
            return CanRead(context.HttpContext.Request);
        }

        // A refused content coding is answered with the supported ones (RFC 9110, 15.5.16).
        context.HttpContext.Response.Headers.AcceptEncoding = IdentityCoding;
        return false;
    }

    private static bool HasNoContentCoding(StringValues encoding) =>
        encoding.All(coding => IdentityCoding.Equals(coding, StringComparison.OrdinalIgnoreCase));

    private static bool CanRead(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (
            type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || (
                type.MediaType.Equals(MergePatch, StringComparison.OrdinalIgnoreCase)
                && HttpMethods.IsPatch(request.Method)
            )
        )
        && (
            !type.Charset.HasValue
            || Utf8.Contains(HeaderUtilities.RemoveQuotes(type.Charset).ToString(), StringComparer.OrdinalIgnoreCase)
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
        // A byte order mark has no meaning here and may be ignored (RFC 8259, 8.1).
        if (body.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        if (body.IsEmpty)
        {
            return InputFormatterResult.NoValue();
        }

        if (JsonBounds.FindTooLong(body) is { } tooLong)
        {
            return Refuse(context, tooLong);
        }

        try
        {
            var model = JsonSerializer.Deserialize(body, context.ModelType, JsonFormat.Options);
            // A value that is passed on as raw JSON is not decoded yet, and an escape in it may be half a surrogate pair.
            return body.IndexOf("\\u"u8) >= 0 && !JsonErrorDiagnosis.IsWellFormed(body)
                    ? Refuse(context, HttpErrors.MalformedJson)
                : model is null ? Refuse(context, JsonErrorDiagnosis.WrongType([]))
                : InputFormatterResult.Success(model);
        }
        catch (JsonException exception)
        {
            return Refuse(context, JsonErrorDiagnosis.Explain(body, context.ModelType, exception));
        }
    }

    private static InputFormatterResult Refuse(InputFormatterContext context, Error error)
    {
        context.HttpContext.Features.Set(new InvalidBody(error));
        context.ModelState.AddModelError(context.ModelName, error.Code);
        return InputFormatterResult.Failure();
    }
}
