using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>All JSON is read and written with these settings.</summary>
internal static class JsonFormat
{
    public const int MaxDepth = 32;

    public static readonly JsonSerializerOptions Options = Create();

    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = Options.Encoder, SkipValidation = true };

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = MaxDepth;
        // Responses are application/json with nosniff and never part of a page, so only what JSON requires is escaped.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new OptionalConverterFactory());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Configure(options);
        // The converter is only added here, because the OpenAPI document takes the names from the converter of the framework.
        options.Converters.Insert(0, new EnumConverterFactory());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Times are written in UTC with milliseconds; an offset is required when they are read (RFC 3339).</summary>
    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        private const string OutputFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

        // Every character may be an escape of six bytes. Decoding never makes a text longer than its bytes.
        private const int MaxBytes = 6 * Rfc3339.MaxLength;

        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > MaxBytes)
            {
                throw new JsonException();
            }

            // The reader of the framework takes a time without an offset for local time of the server, which no client can
            // have meant.
            Span<char> text = stackalloc char[MaxBytes];
            return Rfc3339.Parse(text[..reader.CopyString(text)]) ?? throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            // The runtime has a fast path for the round-trip format, whose last four digits are cut off.
            Span<byte> text = stackalloc byte[OutputFormat.Length + 4];
            value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            text[OutputFormat.Length - 1] = (byte)'Z';
            writer.WriteStringValue(text[..OutputFormat.Length]);
        }
    }
}
