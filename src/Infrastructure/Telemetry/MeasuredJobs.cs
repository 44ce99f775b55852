namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>The names of the scheduled jobs, whose last success is measured from the start on.</summary>
internal sealed record MeasuredJobs(IReadOnlyList<string> Names);
