namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>The names of the scheduled jobs, for which the time since the last success is measured from the start of the server.</summary>
internal sealed record MeasuredJobs(IReadOnlyList<string> Names);
