using System.Globalization;
using Fitnessify.Infrastructure.Common;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Filters;
using Serilog.Formatting.Json;

namespace Fitnessify.WebApi.Http.Observability;

/// <summary>Serilog on the console: readable in Development, JSON lines elsewhere.</summary>
internal static class Logging
{
    private const string Section = "Serilog";
    private const string KeyManager = "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager";
    private const string Template = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static void AddSerilog(this WebApplicationBuilder builder)
    {
        var (configuration, environment) = (builder.Configuration, builder.Environment);
        builder.Services.AddSerilog(
            (services, logger) =>
            {
                logger.SetLevels(environment);
                logger.ReadSettings(configuration);
                // Sinks that are registered as services: those of tests.
                logger.ReadFrom.Services(services);
                logger.LeaveOut();
                if (!configuration.GetSection($"{Section}:WriteTo").Exists())
                {
                    logger.WriteToConsole(environment);
                }
            },
            // Each server has its own, several in one process too.
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
            // All requests, not only the notable ones.
            logger.MinimumLevel.Override(RequestLog.Category, LogEventLevel.Debug);
            // It warns that no certificate protects the keys; here they need none.
            logger.MinimumLevel.Override(KeyManager, LogEventLevel.Error);
        }
    }

    /// <exception cref="SettingsException">They cannot be used.</exception>
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

    /// <summary>What is not to be logged, whatever is configured.</summary>
    private static void LeaveOut(this LoggerConfiguration logger)
    {
        // Its lines hold query strings, and people type anything into a field for names. What is worth knowing of a request
        // is in the line of RequestLog.
        logger.MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning);
        // It would give the path to every line that is written during a request.
        logger.Enrich.With<WithoutPath>();

        // The program ends with a line about it, and what has begun already is given up.
        var isOfHost = Matching.FromSource("Microsoft.Extensions.Hosting.Internal.Host");
        logger.Filter.ByExcluding(line =>
            isOfHost(line)
            && (line.Exception is OperationCanceledException || StartFailures.IsOfListening(line.Exception))
        );
    }

    private static void WriteToConsole(this LoggerConfiguration logger, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            logger.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture);
        }
        else
        {
            // On a thread of its own: requests would wait for each other's lines.
            logger.WriteTo.Async(console => console.Console(new JsonFormatter(renderMessage: false)));
        }
    }

    private sealed class WithoutPath : ILogEventEnricher
    {
        public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
            logEvent.RemovePropertyIfPresent("RequestPath");
    }
}
