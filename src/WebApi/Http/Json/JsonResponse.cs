using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>
/// The formatter writes JSON bodies as a whole. That of the framework looks after each member whether it has to wait for the client, and
/// sends chunks, of which the last one is empty and a packet of its own; bodies with members that are streamed are left to it.
/// </summary>
internal sealed class JsonResponse : TextOutputFormatter
{
    // Most pages are shorter. A thread does not keep what a longer one needed.
    private const int MaxKeptBytes = 256 * 1024;

    private static readonly ConcurrentDictionary<Type, bool> Streamed = new();

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public JsonResponse()
    {
        SupportedMediaTypes.Add("application/json");
        SupportedEncodings.Add(Encoding.UTF8);
    }

    protected override bool CanWriteType(Type? type) => type is not null && !Streamed.GetOrAdd(type, IsStreamed);

    public override Task WriteResponseBodyAsync(OutputFormatterWriteContext context, Encoding selectedEncoding)
    {
        var response = context.HttpContext.Response;
        var buffer = _buffer ??= new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, JsonFormat.WriterOptions))
        {
            JsonSerializer.Serialize(writer, context.Object, context.Object!.GetType(), JsonFormat.Options);
        }

        response.ContentLength = buffer.WrittenCount;
        // This copies the bytes; the server sends them at the end of the request.
        response.BodyWriter.Write(buffer.WrittenSpan);
        if (buffer.Capacity > MaxKeptBytes)
        {
            _buffer = null;
        }

        return Task.CompletedTask;
    }

    private static bool IsStreamed(Type type) =>
        Array.Exists(
            type.GetProperties(),
            member =>
                member.PropertyType.IsGenericType
                && member.PropertyType.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
        );
}
