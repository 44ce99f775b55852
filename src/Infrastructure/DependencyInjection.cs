using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Admin;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Export;
using Fitnessify.Infrastructure.Guests;
using Fitnessify.Infrastructure.Identities;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Lists;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Mfa;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Passkeys;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Push;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tasks;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure;

/// <summary>Registers the adapters, room by room.</summary>
public static class DependencyInjection
{
    /// <summary>Registers all rooms, as configured.</summary>
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        // First: hosted services stop in the reverse order, and the last requests are to be measured too.
        var telemetry = services.AddTelemetry(configuration);
        services.AddPersistence(configuration, environment);
        services.AddDataProtectionKeys(configuration);
        services.AddAccounts(configuration, environment);
        services.AddSessions(configuration);
        services.AddAuth(telemetry);
        services.AddMfa();
        services.AddPasskeys(configuration);
        services.AddIdentities(configuration);
        services.AddGuests();
        // The save steps of tasks and lists need the versions that the step of changes gives.
        services.AddChanges();
        services.AddTasks(configuration);
        services.AddLists();
        services.AddNotifications(configuration, telemetry);
        services.AddPush(configuration, environment, telemetry);
        services.AddMail(configuration, environment, telemetry);
        services.AddAdmin(configuration);
        services.AddAudit();
        services.AddExport();
        services.AddMaintenance(configuration);
        // Last: it schedules the jobs that the rooms have added.
        services.AddJobs(configuration);
        return services;
    }
}
