using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Fitnessify.Domain.Common;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>How JSON is read and written, everywhere.</summary>
internal static class JsonFormat
{
    public const int MaxDepth = 32;

    public static readonly JsonSerializerOptions Options = Create();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = MaxDepth;
        // Answers are application/json with nosniff, never part of a page: nothing but JSON's own needs escaping.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new OptionalConverterFactory());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Configure(options);
        // Only here: the OpenAPI document knows the names from the framework's converter.
        options.Converters.Insert(0, new EnumConverterFactory());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Milliseconds and Z on the way out; any offset, but one, on the way in.</summary>
    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        private const string Form = "yyyy-MM-ddTHH:mm:ss.fffZ";

        // As escapes, all of them; of a text of so many bytes no more characters come.
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

            // Not the reader's own: that takes a time without an offset for local time of the server, which nobody can have meant.
            Span<char> text = stackalloc char[MaxBytes];
            return Rfc3339.Parse(text[..reader.CopyString(text)]) ?? throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            // The runtime's own form has a fast way, and four digits more than ours.
            Span<byte> text = stackalloc byte[Form.Length + 4];
            value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            text[Form.Length - 1] = (byte)'Z';
            writer.WriteStringValue(text[..Form.Length]);
        }
    }
}
