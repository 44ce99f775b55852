using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>Section <c>Telemetry</c>: whether the server sends metrics and traces, and where.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The collector, for OTLP over HTTP with protobuf, for instance `http://localhost:4318`; without one nothing is measured.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>The share of requests of which a trace is sent: 1 for each, 0.01 for one of a hundred.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; init; } = 1;

    internal bool IsOn => OtlpEndpoint is not null;
}
