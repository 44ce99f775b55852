using System.Globalization;
using Fitnessify.Infrastructure;
using Serilog;
using Serilog.Events;
using Serilog.Filters;
using Serilog.Formatting.Json;

namespace Fitnessify.WebApi.Http;

/// <summary>Serilog on the console: readable in Development, JSON lines elsewhere.</summary>
internal static class Logging
{
    private const string Section = "Serilog";
    private const string Template = "{Timestamp:HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}";

    public static void AddSerilog(this WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning);
        if (builder.Environment.IsDevelopment())
        {
            // All requests, not only the notable ones.
            logger.MinimumLevel.Override(typeof(RequestLog).FullName!, LogEventLevel.Debug);
        }

        try
        {
            logger.ReadFrom.Configuration(builder.Configuration);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new SettingsException(Section, exception.Message);
        }

        // Whatever is configured: its lines hold query strings, and people type anything into a field for names. What is
        // worth knowing of a request is in the line of RequestLog.
        logger.MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning);

        // The program ends with a line about it, and what has begun already is given up.
        var isOfHost = Matching.FromSource("Microsoft.Extensions.Hosting.Internal.Host");
        logger.Filter.ByExcluding(line =>
            isOfHost(line)
            && (line.Exception is OperationCanceledException || StartFailures.IsOfListening(line.Exception))
        );

        if (!builder.Configuration.GetSection($"{Section}:WriteTo").Exists())
        {
            _ = builder.Environment.IsDevelopment()
                ? logger.WriteTo.Console(outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture)
                // On a thread of its own: requests would wait for each other's lines.
                : logger.WriteTo.Async(console => console.Console(new JsonFormatter(renderMessage: false)));
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(logger.CreateLogger(), dispose: true);
    }
}
