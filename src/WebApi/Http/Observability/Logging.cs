using System.Globalization;
using Fitnessify.Infrastructure.Common;
using Serilog;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Filters;

namespace Fitnessify.WebApi.Http.Observability;

/// <summary>Serilog writes to the console: text in Development and JSON lines elsewhere.</summary>
internal static class Logging
{
    private const string Section = "Serilog";
    private const string KeyManager = "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager";
    private const string DevelopmentTemplate = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    private const int MaxQueuedLines = 10_000;
    private static readonly TimeSpan ConsoleDelay = TimeSpan.FromMilliseconds(100);

    public static void AddSerilog(this WebApplicationBuilder builder)
    {
        var (configuration, environment) = (builder.Configuration, builder.Environment);
        builder.Services.AddSerilog(
            (services, logger) =>
            {
                logger.SetLevels(environment);
                logger.ReadSettings(configuration);
                // Tests register their sinks as services.
                logger.ReadFrom.Services(services);
                logger.ApplyFixedFilters();
                if (!configuration.GetSection($"{Section}:WriteTo").Exists())
                {
                    logger.WriteToConsole(environment);
                }
            },
            // Each server has its own logger, because tests run several servers in one process.
            preserveStaticLogger: true
        );
    }

    private static void SetLevels(this LoggerConfiguration logger, IHostEnvironment environment)
    {
        logger
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning);
        if (environment.IsDevelopment())
        {
            // A developer wants to see all requests, not only the notable ones.
            logger.MinimumLevel.Override(RequestLog.Category, LogEventLevel.Debug);
            // The key manager warns that no certificate protects the keys, which Development does not need.
            logger.MinimumLevel.Override(KeyManager, LogEventLevel.Error);
        }
    }

    /// <exception cref="SettingsException">The logging settings are invalid.</exception>
    private static void ReadSettings(this LoggerConfiguration logger, IConfiguration configuration)
    {
        try
        {
            logger.ReadFrom.Configuration(configuration);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new SettingsException(Section, exception.Message);
        }
    }

    /// <summary>These sources are silenced whatever is configured.</summary>
    private static void ApplyFixedFilters(this LoggerConfiguration logger)
    {
        // Its lines hold query strings, in which users type arbitrary text. RequestLog writes what matters about a request.
        logger.MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning);
        // It would add the path to every line that is written during a request.
        logger.Enrich.With<RequestPathRemover>();

        // Below Debug, MVC writes the arguments of actions: passwords, tokens and addresses.
        var isOfMvc = Matching.FromSource("Microsoft.AspNetCore.Mvc");
        logger.Filter.ByExcluding(line => line.Level == LogEventLevel.Verbose && isOfMvc(line));

        // The program reports a failed start in one line of its own, and the cancellations that follow add nothing.
        var isOfHost = Matching.FromSource("Microsoft.Extensions.Hosting.Internal.Host");
        logger.Filter.ByExcluding(line =>
            isOfHost(line)
            && (line.Exception is OperationCanceledException || StartFailures.IsListenFailure(line.Exception))
        );
    }

    private static void WriteToConsole(this LoggerConfiguration logger, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            logger.WriteTo.Console(outputTemplate: DevelopmentTemplate, formatProvider: CultureInfo.InvariantCulture);
        }
        else
        {
            // Requests do not wait for the console. When it is too slow, lines are dropped.
            logger.WriteTo.Sink(
                new ConsoleLines(Console.OpenStandardOutput()),
                new BatchingOptions { BufferingTimeLimit = ConsoleDelay, QueueLimit = MaxQueuedLines }
            );
        }
    }

    private sealed class RequestPathRemover : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
            logEvent.RemovePropertyIfPresent("RequestPath");
    }
}
