using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>
/// The converter reads exact names only. The converter of the framework ignores case and accepts lists of names.
/// </summary>
internal sealed class EnumConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(EnumConverter<>).MakeGenericType(typeToConvert))!;

    private sealed class EnumConverter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly FrozenDictionary<string, T> ByName = Enum.GetValues<T>().ToFrozenDictionary(NameOf);
        private static readonly FrozenDictionary<T, JsonEncodedText> Names = ByName.ToFrozenDictionary(
            pair => pair.Value,
            pair => JsonEncodedText.Encode(pair.Key)
        );

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && ByName.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Names[value]);

        private static string NameOf(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    }
}
