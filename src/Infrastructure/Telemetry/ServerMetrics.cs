using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>The metrics of the server. They cost almost nothing while no exporter listens. No tag contains personal data.</summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Fitnessify";

    // Metrics and spans use the names of OpenTelemetry's semantic conventions where there are any.
    public const string DatabaseSystem = "db.system.name";
    public const string DatabaseOperation = "db.operation.name";
    public const string ErrorType = "error.type";

    // The buckets reach from half a millisecond to ten seconds.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter = new(MeterName);
    private readonly TimeProvider _clock;
    private readonly Counter<long> _signIns;
    private readonly Counter<long> _refreshes;
    private readonly Counter<long> _reuses;
    private readonly Counter<long> _pushes;
    private readonly Histogram<double> _hashingWait;
    private readonly Histogram<double> _jobLag;
    private readonly Histogram<double> _jobDuration;
    private readonly Histogram<double> _database;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lastSuccesses = new();

    public ServerMetrics(TimeProvider clock)
    {
        _clock = clock;
        _signIns = _meter.CreateCounter<long>("fitnessify.sign_ins", "{sign_in}", "Attempts to sign in.");
        _refreshes = _meter.CreateCounter<long>("fitnessify.refreshes", "{refresh}", "Uses of refresh tokens.");
        _reuses = _meter.CreateCounter<long>(
            "fitnessify.refresh_reuses",
            "{refresh}",
            "Old refresh tokens that were used again; each has ended its session."
        );
        _pushes = _meter.CreateCounter<long>(
            "fitnessify.pushes",
            "{message}",
            "Attempts to send a message to a device: sent, failed, refused, or to a device that is dead."
        );
        _hashingWait = CreateDuration("fitnessify.hashing.wait", "How long password work waits for a thread.");
        _jobLag = CreateDuration("fitnessify.job.lag", "How much later than scheduled a job begins.");
        _jobDuration = CreateDuration("fitnessify.job.duration", "How long a job runs.");
        _database = CreateDuration("db.client.operation.duration", "How long a database command takes.");
        _meter.CreateObservableGauge(
            "fitnessify.job.age",
            ReadAges,
            "s",
            "Time since a job has last ended well, or since the start."
        );
        _meter.CreateObservableGauge(
            "fitnessify.outbox.depth",
            () => IfKnown(OutboxDepth),
            "{mail}",
            "Mails that are still to be sent."
        );
        _meter.CreateObservableGauge(
            "fitnessify.notifications.lag",
            () => IfKnown(NotificationLag?.TotalSeconds),
            "s",
            "How long the reminder or overdue task that has waited longest waits for its notification."
        );
        _meter.CreateObservableGauge(
            "fitnessify.pushes.lag",
            () => IfKnown(PushLag?.TotalSeconds),
            "s",
            "How long the message to a device that is due for longest has been due."
        );
    }

    /// <summary>The number of unsent mails; null while it is unknown.</summary>
    public int? OutboxDepth { get; set; }

    /// <summary>How long the longest waiting alert waits for its notification, zero if none waits; null while it is unknown.</summary>
    public TimeSpan? NotificationLag { get; set; }

    /// <summary>How long the message to a device that is due for longest has been due, zero if none is; null while it is unknown.</summary>
    public TimeSpan? PushLag { get; set; }

    /// <summary>Counts an attempt to sign in.</summary>
    /// <param name="method">The sign-in method.</param>
    /// <param name="outcome"><c>ok</c> or the code of the error.</param>
    public void CountSignIn(string method, string outcome) =>
        _signIns.Add(1, new("method", method), new("outcome", outcome));

    /// <summary>Counts a use of a refresh token.</summary>
    public void CountRefresh(string outcome, bool isReuse)
    {
        _refreshes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _reuses.Add(isReuse ? 1 : 0);
    }

    /// <summary>Counts an attempt to send a message to a device.</summary>
    /// <param name="platform">The service.</param>
    /// <param name="outcome">The outcome, one of few words.</param>
    public void CountPush(string platform, string outcome) =>
        _pushes.Add(1, new("platform", platform), new("outcome", outcome));

    /// <summary>
    /// Starts the counters, so that an alert sees the first reuse (Prometheus finds no increase in a series that starts at
    /// one), and a job that never succeeds.
    /// </summary>
    public void BeginCounting(IEnumerable<string> jobs)
    {
        _reuses.Add(0);
        foreach (var job in jobs)
        {
            _lastSuccesses.TryAdd(job, _clock.Now());
        }
    }

    /// <summary>Measures the length of the queue from now on.</summary>
    public void ObserveHashingQueue(Func<int> length) =>
        _meter.CreateObservableGauge("fitnessify.hashing.queue", length, "{work}", "Password work that waits.");

    /// <summary>Records how long a password hash waited for a thread.</summary>
    public void RecordHashingWait(TimeSpan wait) => _hashingWait.Record(wait.TotalSeconds);

    /// <summary>Records the end of a job.</summary>
    public void RecordJob(string job, TimeSpan lag, TimeSpan duration, bool isDone)
    {
        _jobLag.Record(Math.Max(0, lag.TotalSeconds), new KeyValuePair<string, object?>("job.name", job));
        _jobDuration.Record(duration.TotalSeconds, new("job.name", job), new("outcome", isDone ? "ok" : "failed"));
        if (isDone)
        {
            _lastSuccesses[job] = _clock.Now();
        }
    }

    /// <summary>Records the end of a database command.</summary>
    /// <param name="system">The database system.</param>
    /// <param name="operation">The operation, one of few words.</param>
    /// <param name="duration">The duration.</param>
    /// <param name="errorType">The type of the error, one of few words; null after success.</param>
    public void RecordDatabase(string system, string operation, TimeSpan duration, string? errorType)
    {
        var tags = new TagList { { DatabaseSystem, system }, { DatabaseOperation, operation } };
        if (errorType is not null)
        {
            tags.Add(ErrorType, errorType);
        }

        _database.Record(duration.TotalSeconds, tags);
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<T>> IfKnown<T>(T? value)
        where T : struct => value is { } known ? [new Measurement<T>(known)] : [];

    private Histogram<double> CreateDuration(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, tags: null, Seconds);

    private IEnumerable<Measurement<double>> ReadAges()
    {
        var now = _clock.Now();
        return _lastSuccesses.Select(success => new Measurement<double>(
            (now - success.Value).TotalSeconds,
            new KeyValuePair<string, object?>("job.name", success.Key)
        ));
    }
}
