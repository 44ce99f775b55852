using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Fitnessify.WebApi.Http;

/// <summary>How JSON is read and written, everywhere.</summary>
internal static class Json
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

        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            // The reader takes a time without an offset for local time of the server, which nobody can have meant.
            if (reader.GetDateTime().Kind == DateTimeKind.Unspecified)
            {
                throw new JsonException();
            }

            var time = reader.GetDateTimeOffset().ToUniversalTime();
            return time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
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
