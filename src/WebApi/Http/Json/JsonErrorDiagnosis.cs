using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>
/// The framework reports all failures as one exception with a text. This class distinguishes broken JSON, an unknown member
/// and a wrong type, and names the place.
/// </summary>
internal static class JsonErrorDiagnosis
{
    private const string WrongTypeDetail = "The value does not have the documented type or form.";

    private static readonly JsonSerializerOptions SkipUnknownMembers = new(JsonFormat.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        MaxDepth = JsonFormat.Options.MaxDepth,
        AllowDuplicateProperties = false,
    };

    public static Error Explain(ReadOnlySpan<byte> body, Type type, JsonException exception)
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
            : CommonErrors.Validation(new FieldError(path, CodeFor(body, type, path), WrongTypeDetail));
    }

    /// <summary>Half a surrogate pair is valid JSON but not valid text (RFC 8259, 8.2).</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body.ToArray(), DocumentOptions);
            DecodeStrings(document.RootElement);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void DecodeStrings(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            _ = element.GetString();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                DecodeStrings(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                _ = member.Name;
                DecodeStrings(member.Value);
            }
        }
    }

    // The exception does not say its cause. A member was unknown if the reader gets further when it skips unknown members.
    private static bool IsUnknownMember(ReadOnlySpan<byte> body, Type type, JsonException exception)
    {
        try
        {
            JsonSerializer.Deserialize(body, type, SkipUnknownMembers);
            return true;
        }
        catch (JsonException next)
        {
            return next.Path != exception.Path;
        }
    }

    public static Error WrongType(IReadOnlyList<string> path) =>
        CommonErrors.Validation(new FieldError(path, FieldErrorCodes.InvalidType, WrongTypeDetail));

    // A string where a string is expected has the right type: its value is not permitted or its format is wrong.
    private static string CodeFor(ReadOnlySpan<byte> body, Type type, IReadOnlyList<string> path)
    {
        using var document = JsonDocument.Parse(body.ToArray(), DocumentOptions);
        var element = document.RootElement;
        var target = type;
        foreach (var name in path)
        {
            // A path does not say where a name ends that a client has chosen; then the place itself has the wrong type.
            if (ChildOf(element, name) is not { } child)
            {
                return FieldErrorCodes.InvalidType;
            }

            (element, target) = (child, MemberType(target, name));
        }

        return element.ValueKind != JsonValueKind.String || target is null ? FieldErrorCodes.InvalidType
            : target.IsEnum ? FieldErrorCodes.NotAllowed
            : target == typeof(DateTimeOffset) || target == typeof(Guid) ? FieldErrorCodes.InvalidFormat
            : FieldErrorCodes.InvalidType;
    }

    private static JsonElement? ChildOf(JsonElement element, string name) =>
        element.ValueKind switch
        {
            JsonValueKind.Array
                when int.TryParse(name, CultureInfo.InvariantCulture, out var index)
                    && index >= 0
                    && index < element.GetArrayLength() => element[index],
            JsonValueKind.Object when element.TryGetProperty(name, out var member) => member,
            _ => null,
        };

    private static Type? MemberType(Type? type, string name)
    {
        var info = type is null ? null : JsonFormat.Options.GetTypeInfo(type);
        var member =
            info?.Kind == JsonTypeInfoKind.Enumerable
                ? info.ElementType
                : info?.Properties.FirstOrDefault(property => property.Name == name)?.PropertyType;
        if (member is { IsGenericType: true } && member.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            member = member.GenericTypeArguments[0];
        }

        return member is null ? null : Nullable.GetUnderlyingType(member) ?? member;
    }
}
