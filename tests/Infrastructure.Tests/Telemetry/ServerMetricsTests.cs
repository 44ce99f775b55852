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

        Assert.That(Gauge("fitnessify.job.age"), Is.SupersetOf((string[])["A 60", "B 360"]));
    }

    [Test]
    public void The_lag_of_notifications_is_reported_while_it_is_known()
    {
        using var metrics = new ServerMetrics(TimeProvider.System);
        metrics.NotificationLag = TimeSpan.FromSeconds(4711);
        Assert.That(Gauge("fitnessify.notifications.lag"), Does.Contain(" 4711"));

        metrics.NotificationLag = null;
        Assert.That(Gauge("fitnessify.notifications.lag"), Does.Not.Contain(" 4711"));
    }

    [Test]
    public void The_lag_of_pushes_is_reported_while_it_is_known()
    {
        using var metrics = new ServerMetrics(TimeProvider.System);
        metrics.PushLag = TimeSpan.FromSeconds(4712);
        Assert.That(Gauge("fitnessify.pushes.lag"), Does.Contain(" 4712"));

        metrics.PushLag = null;
        Assert.That(Gauge("fitnessify.pushes.lag"), Does.Not.Contain(" 4712"));
    }

    /// <summary>Returns the values of all servers of the tests that run now.</summary>
    private static List<string> Gauge(string name)
    {
        List<string> values = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == name)
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>(
            (_, value, tags, _) => values.Add($"{(tags.Length > 0 ? tags[0].Value : "")} {value:0}")
        );
        listener.Start();
        listener.RecordObservableInstruments();
        return values;
    }
}
