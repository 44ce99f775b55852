using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fitnessify.WebApi.Tests.Operations;

/// <summary>A metric that was sent.</summary>
/// <param name="Name">The name in the server.</param>
/// <param name="Unit">The unit in UCUM notation.</param>
/// <param name="Kind">Gauge, sum or histogram.</param>
/// <param name="Points">The attributes and values.</param>
internal sealed partial record SentMetric(string Name, string Unit, SentKind Kind, IReadOnlyList<SentPoint> Points)
{
    /// <summary>Gets the name that the Prometheus exporter of the collector uses.</summary>
    public IEnumerable<string> PrometheusNames
    {
        get
        {
            var unit = Unit switch
            {
                "s" => "_seconds",
                "By" => "_bytes",
                _ => "",
            };
            var name = Special().Replace(Name, "_") + unit;
            return Kind switch
            {
                SentKind.Histogram => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
                SentKind.Counter => [$"{name}_total"],
                _ => [name],
            };
        }
    }

    [GeneratedRegex("[^A-Za-z0-9]")]
    private static partial Regex Special();
}

internal enum SentKind
{
    Gauge,
    Sum,
    Counter,
    Histogram,
}

/// <summary>One of the series of a metric.</summary>
/// <param name="Attributes">The attributes as <c>name=value</c>, in order.</param>
/// <param name="Value">The value; for a histogram, the number of values.</param>
internal sealed record SentPoint(string Attributes, double Value);

/// <summary>A span that was sent, with ids as in the log.</summary>
internal sealed record SentSpan(string TraceId, string SpanId, string ParentId, string Name, string Attributes);

/// <summary>Receives telemetry as a collector does and parses the protocol (OTLP over HTTP, protobuf).</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> _metrics = new();
    private readonly ConcurrentQueue<byte[]> _traces = new();
    private readonly ConcurrentQueue<string> _apiKeys = new();
    private readonly WebApplication _server;

    private OtlpCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/v1/metrics", (HttpRequest request) => KeepAsync(request, _metrics));
        _server.MapPost("/v1/traces", (HttpRequest request) => KeepAsync(request, _traces));
    }

    public string Address => _server.Urls.Single();

    /// <summary>Gets all received bytes as text.</summary>
    public string Raw => string.Concat(_metrics.Concat(_traces).Select(Encoding.UTF8.GetString));

    /// <summary>Gets the header <c>api-key</c> of each request.</summary>
    public IReadOnlyCollection<string> ApiKeys => _apiKeys;

    /// <summary>Gets the resource attributes of each request.</summary>
    public IReadOnlyList<string> Resources =>
        [
            .. from body in _metrics.Concat(_traces)
            from resource in Protobuf.Read(body).Messages(1)
            select Attributes(resource.Messages(1).Single(), 1),
        ];

    /// <summary>Gets the latest state of each metric.</summary>
    public IReadOnlyDictionary<string, SentMetric> Metrics =>
        (
            from body in _metrics
            from resource in Protobuf.Read(body).Messages(1)
            from scope in resource.Messages(2)
            from metric in scope.Messages(2)
            select ReadMetric(metric)
        )
            .GroupBy(metric => metric.Name)
            .ToDictionary(sent => sent.Key, sent => sent.Last());

    public IReadOnlyList<SentSpan> Spans =>
        [
            .. from body in _traces
            from resource in Protobuf.Read(body).Messages(1)
            from scope in resource.Messages(2)
            from span in scope.Messages(2)
            select new SentSpan(span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Attributes(span, 9)),
        ];

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector._server.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<IResult> KeepAsync(HttpRequest request, ConcurrentQueue<byte[]> bodies)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        bodies.Enqueue(body.ToArray());
        _apiKeys.Enqueue(request.Headers["api-key"].ToString());
        // An empty message means that everything was accepted.
        return Results.Bytes([], "application/x-protobuf");
    }

    private static SentMetric ReadMetric(Protobuf metric)
    {
        var (field, kind) =
            metric.Has(5) ? (5, SentKind.Gauge)
            : metric.Has(7) ? (7, SentKind.Sum)
            : (9, SentKind.Histogram);
        var data = metric.Messages(field).Single();
        var isHistogram = kind == SentKind.Histogram;
        return new SentMetric(
            metric.Text(1),
            metric.Text(3),
            kind == SentKind.Sum && data.Number(3) == 1 ? SentKind.Counter : kind,
            [
                .. data.Messages(1)
                    .Select(point => new SentPoint(
                        Attributes(point, isHistogram ? 9 : 7),
                        !isHistogram && point.Has(4)
                            ? BitConverter.UInt64BitsToDouble(point.Number(4))
                            : point.Number(isHistogram ? 4 : 6)
                    )),
            ]
        );
    }

    private static string Attributes(Protobuf message, int field) =>
        string.Join(
            ' ',
            message
                .Messages(field)
                .Select(pair => (Key: pair.Text(1), Value: pair.Messages(2).Single()))
                .Select(pair => $"{pair.Key}={(pair.Value.Has(1) ? pair.Value.Text(1) : pair.Value.Number(3))}")
                .Order(StringComparer.Ordinal)
        );
}

/// <summary>A protobuf message by its field numbers.</summary>
internal sealed class Protobuf
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    private Protobuf() { }

    public static Protobuf Read(ReadOnlySpan<byte> bytes)
    {
        var message = new Protobuf();
        while (bytes.Length > 0)
        {
            var tag = Varint(ref bytes);
            var (number, content) = (tag & 7) switch
            {
                0 => (Varint(ref bytes), []),
                1 => (BitConverter.ToUInt64(Take(ref bytes, 8)), []),
                2 => (0UL, Take(ref bytes, (int)Varint(ref bytes))),
                5 => (BitConverter.ToUInt32(Take(ref bytes, 4)), Array.Empty<byte>()),
                var type => throw new InvalidDataException($"Wire type {type}"),
            };
            message._fields.Add(((int)(tag >> 3), number, content));
        }

        return message;
    }

    public bool Has(int field) => _fields.Any(found => found.Field == field);

    public ulong Number(int field) => _fields.LastOrDefault(found => found.Field == field).Number;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public IEnumerable<Protobuf> Messages(int field) =>
        _fields.Where(found => found.Field == field).Select(found => Read(found.Bytes));

    private byte[] Bytes(int field) => _fields.LastOrDefault(found => found.Field == field).Bytes ?? [];

    private static byte[] Take(ref ReadOnlySpan<byte> bytes, int length)
    {
        var taken = bytes[..length].ToArray();
        bytes = bytes[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
