using Fitnessify.Domain.Auth;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Auth;

internal static class AuthServices
{
    public static void AddAuth(this IServiceCollection services, TelemetryOptions telemetry)
    {
        services.AddSingleton<HashingGate>();
        services.AddSingleton<IPasswordHashing, PasswordHashing>();
        services.AddSingleton<IPasswordStrength, PasswordStrength>();
        services.AddSingleton<AttemptsInFlight>();
        services.AddScoped<ISignInThrottle, SignInThrottle>();
        services.AddScoped<IAccountTokens, AccountTokens>();
        services.AddScoped<IChallengeTokens, ChallengeTokens>();
        services.AddScoped<ICredentialGuard, CredentialGuard>();
        services.AddSingleton<ISaveErrors, AuthSaveErrors>();
        if (telemetry.IsOn)
        {
            services.AddSignInMetrics();
        }
    }
}
