using System.Diagnostics.Metrics;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Telemetry;

public sealed class ServerMetricsTests
{
    [Test]
    public void The_age_of_a_job_that_never_succeeds_grows_from_startup()
    {
        var clock = new FakeTimeProvider();
        using var metrics = new ServerMetrics(clock);
        metrics.BeginCounting(["A", "B"]);
        clock.Advance(TimeSpan.FromMinutes(5));
        metrics.RecordJob("A", TimeSpan.Zero, TimeSpan.Zero, isDone: true);
        metrics.RecordJob("B", TimeSpan.Zero, TimeSpan.Zero, isDone: false);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(Ages(), Is.SupersetOf((string[])["A 60", "B 360"]));
    }

    private static List<string> Ages()
    {
        List<string> ages = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == "fitnessify.job.age")
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, age, tags, _) => ages.Add($"{tags[0].Value} {age:0}"));
        listener.Start();
        listener.RecordObservableInstruments();
        return ages;
    }
}
