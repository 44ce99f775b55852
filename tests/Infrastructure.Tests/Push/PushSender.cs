using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Push;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Serilog;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>The adapters of FCM and APNs as they are registered, with a clock that stands still.</summary>
internal sealed class PushSender : IAsyncDisposable
{
    /// <summary>A token as both services could give it.</summary>
    public const string Device = "00fc13adff785122b4ad28809a3420982341241421348097878e577c991de8f0";

    public static readonly DateTimeOffset Start = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    public PushSender(FakeTimeProvider clock, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        Clock = clock;
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<ServerMetrics>()
            .AddSingleton<IPushTransport, PushTransports>()
            .AddLogging(logging =>
                logging
                    .SetMinimumLevel(LogLevel.Trace)
                    .AddSerilog(
                        new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(Log).CreateLogger(),
                        dispose: true
                    )
            );
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        services.AddFcm(configuration);
        services.AddApns(configuration);
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public LogSink Log { get; } = new();

    public IEnumerable<PushPlatform> Platforms =>
        _services.GetServices<IPushAdapter>().Select(adapter => adapter.Platform);

    public static PushMessage Message(
        PushMessageType type = PushMessageType.TaskReminder,
        string? title = null,
        string locale = "en"
    ) => new(Guid.NewGuid(), type, Guid.NewGuid(), title, locale, Start + TimeSpan.FromHours(1));

    public Task<PushOutcome> SendAsync(
        PushPlatform platform,
        PushMessage? message = null,
        string token = Device,
        DateTimeOffset? seenAt = null,
        CancellationToken cancellationToken = default
    )
    {
        var registration = new DeviceRegistration(new PushAddress(platform, token, null), null, Preview: true);
        var device = Fitnessify.Domain.Push.Device.Register(
            Guid.NewGuid(),
            Guid.NewGuid(),
            Guid.NewGuid(),
            registration,
            seenAt ?? Start
        );
        return _services
            .GetRequiredService<IPushTransport>()
            .SendAsync(device, message ?? Message(), cancellationToken);
    }

    /// <summary>Sends a message, and lets the time limit pass when it has arrived.</summary>
    /// <param name="platform">The service.</param>
    /// <param name="fault">What the service does.</param>
    /// <param name="script">Tells the service what to do with a message.</param>
    public async Task<PushOutcome> SendUntilTheLimitAsync(
        PushPlatform platform,
        TestPushFault fault,
        Action<Func<string, TestPushFault?>> script
    )
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        script(_ =>
        {
            arrived.TrySetResult();
            return fault;
        });
        var sending = SendAsync(platform);
        await Task.WhenAny(arrived.Task, sending);
        Clock.Advance(PushTransports.TimeLimit);
        return await sending;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
