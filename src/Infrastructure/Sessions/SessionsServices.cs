using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Sessions;

internal static class SessionsServices
{
    public static void AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<SessionOptions>(configuration, "Sessions");
        services.AddSingleton<SessionQueries>();
        services.AddScoped<ISessionRepository, SessionRepository>();
        services.AddSingleton<AccessTokenFormat>();
        services.AddSingleton<ISessionTokens, SessionTokens>();
        services.AddSingleton<LiveSessionCache>();
        services.AddScoped<AccessTokenUses>();
        services.AddScoped<ILiveSessions, LiveSessions>();
        services.AddScoped<IKnownDevices, KnownDevices>();
        services.AddScoped<SessionEviction>();
        services.AddScoped<ISaveStep>(provider => provider.GetRequiredService<SessionEviction>());
        services.AddSingleton<ISaveErrors, SessionSaveErrors>();
    }
}
