using Fitnessify.Application.Accounts;
using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Admin;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Mfa;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Passkeys;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tasks;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure;

/// <summary>Registers the adapters.</summary>
public static class DependencyInjection
{
    /// <summary>Persistence, identity and security, as configured.</summary>
    /// <exception cref="SettingsException">A setting cannot be used.</exception>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        // First: hosted services end in the reverse order, and the last requests are to be told of too.
        services.AddTelemetry(configuration);
        services.AddDatabase(configuration, environment);
        services.AddScoped<ISessionRepository, SessionRepository>();
        services.AddScoped<IAuditTrail, AuditTrail>();
        services.AddSingleton<CursorFormat>();
        services.AddSingleton<TaskQueries>();
        services.AddScoped<ITaskRepository, TaskRepository>();
        services.AddScoped<ITaskTrash, TaskTrash>();
        services.AddSingleton<SyncTokens>();
        services.AddSettings<TrashOptions>(configuration, "Tasks");
        services.AddSettings<TaskQuotaOptions>(configuration, "Tasks");
        services.AddNotifications();
        services.AddAccounts(configuration, environment);
        services.AddPasskeys(configuration);
        services.AddTokens(configuration);
        services.AddMail(configuration, environment);
        services.AddAdministration(configuration);
        services.AddJobs(configuration);
        return services;
    }

    /// <summary>Runs pending migrations, makes the tables of the schedule, and returns.</summary>
    public static async Task MigrateDatabaseAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().MigrateAsync(CancellationToken.None);
        await services.GetRequiredService<ScheduleTables>().MakeAsync(CancellationToken.None);
    }

    /// <summary>Makes the database ready for a server that is about to start.</summary>
    /// <exception cref="SettingsException">Migrations are pending, and the start is not to run them.</exception>
    public static async Task InitializeDatabaseAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var initializer = scope.ServiceProvider.GetRequiredService<DatabaseInitializer>();
        await initializer.InitializeAsync(CancellationToken.None);
        if (initializer.MigratesOnStart)
        {
            await services.GetRequiredService<ScheduleTables>().MakeAsync(CancellationToken.None);
        }
    }

    private static void AddAccounts(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        const string section = "Accounts";
        services.AddSettings<PasswordPolicyOptions>(configuration, section);
        services.AddSettings<LoginOptions>(configuration, section);
        services.AddSettings<RegistrationOptions>(configuration, section);
        services.AddSettings<HashingGateOptions>(configuration, section);
        var hashing = services.AddSettings<PasswordHashingOptions>(configuration, section);
        if (environment.IsProduction() && hashing.PasswordIterations < PasswordHashingOptions.ProductionMinimum)
        {
            throw new SettingsException(
                "Accounts:PasswordIterations",
                $"{hashing.PasswordIterations} is too weak for Production; use {PasswordHashingOptions.ProductionMinimum} or more."
            );
        }

        services.AddIdentityCore<AppUser>().AddUserStore<AppUserStore>();
        // Shape is checked by the use case, uniqueness by the database; Identity would ask for both once more.
        services.RemoveAll<IUserValidator<AppUser>>();
        services.AddScoped<IAccountRepository, AccountRepository>();
        services.AddSettings<UnconfirmedOptions>(configuration, section);
        services.AddScoped<IUnconfirmedAccounts, UnconfirmedAccounts>();
        services.AddSettings<SignInThrottleOptions>(configuration, section);
        services.AddSingleton<ServerSecrets>();
        services.AddSingleton<AttemptsInFlight>();
        services.AddScoped<ISignInThrottle, SignInThrottle>();
        services.AddScoped<IKnownDevices, KnownDevices>();
        services.AddSettings<MailThrottleOptions>(configuration, "Mail");
        services.AddScoped<IMailThrottle, MailThrottle>();
        services.AddScoped<IAccountTokens, AccountTokens>();
        services.AddScoped<IChallengeTokens, ChallengeTokens>();
        services.AddScoped<IMfaRepository, MfaRepository>();
        services.AddScoped<ICredentialGuard, CredentialGuard>();
        services.AddSingleton<HashingGate>();
        services.AddSingleton<IPasswordHashing, PasswordHashing>();
        services.AddSingleton<IPasswordStrength, PasswordStrength>();
    }

    private static void AddTokens(this IServiceCollection services, IConfiguration configuration)
    {
        const string section = "Sessions";
        services.AddSettings<SessionOptions>(configuration, section);
        services.AddSettings<AccessTokenOptions>(configuration, section);
        services.AddSettings<RevocationOptions>(configuration, section);
        services.AddSingleton<AccessTokenFormat>();
        services.AddSingleton<ISessionTokens, SessionTokens>();
        services.AddSingleton<LiveSessionCache>();
        services.AddSingleton<BackgroundWrites>();
        services.AddScoped<AccessTokenUses>();
        services.AddScoped<ILiveSessions, LiveSessions>();
        services.AddKeyRing(configuration);
    }
}
