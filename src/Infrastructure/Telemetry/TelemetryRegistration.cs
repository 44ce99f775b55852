using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Telemetry;

/// <summary>Adds what measures, and only when somebody wants to know.</summary>
internal static class TelemetryRegistration
{
    private const string Key = "Telemetry:OtlpEndpoint";

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<TelemetryOptions>(configuration, "Telemetry");
        services.AddSingleton<ServerMetrics>();
        if (options.OtlpEndpoint is null)
        {
            return;
        }

        var collector = ReadEndpoint(options.OtlpEndpoint);
        services.AddSingleton<DatabaseTimes>();
        services.ConfigureDbContext<SqliteDbContext>(Measure).ConfigureDbContext<SqlServerDbContext>(Measure);
        services.CountSignIns();
        services.AddHostedService(provider => new OtlpExport(
            collector,
            options,
            provider.GetRequiredService<ServerMetrics>()
        ));
        services.AddHostedService<OutboxWatch>();
    }

    private static void Measure(IServiceProvider provider, DbContextOptionsBuilder builder) =>
        builder.AddInterceptors(provider.GetRequiredService<DatabaseTimes>());

    private static Uri ReadEndpoint(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Query.Length + url.Fragment.Length + url.UserInfo.Length == 0
            ? url
            : throw new SettingsException(
                Key,
                "not the address of a collector; use an absolute http or https URL without query, for instance "
                    + "http://localhost:4318."
            );
}
