using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Passkeys;

/// <summary>Registers passkeys, as configured.</summary>
internal static class PasskeysServices
{
    private const string Section = "Passkeys";

    public static void AddPasskeys(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<PasskeyOptions>(configuration, Section);
        Check(options);
        services
            .AddOptions<IdentityPasskeyOptions>()
            .Configure<AppOptions>((passkeys, app) => Set(passkeys, options, app));
        services.AddIdentityCore<Account>().AddUserStore<PasskeyStore>();
        services.AddScoped<PasskeyStore>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddSingleton<ISaveErrors, PasskeySaveErrors>();
        services.AddScoped<IPasskeys, Passkeys>();
    }

    private static void Check(PasskeyOptions options)
    {
        if (options.Domain is { } domain && Uri.CheckHostName(domain) != UriHostNameType.Dns)
        {
            throw new SettingsException($"{Section}:Domain", "not a domain; use one such as example.org.");
        }

        if (options.Origins.FirstOrDefault(origin => !IsOrigin(origin)) is not null)
        {
            throw new SettingsException(
                $"{Section}:Origins",
                "holds what is no origin; use some such as https://app.example.org or android:apk-key-hash:…"
            );
        }
    }

    private static bool IsOrigin(string text) =>
        text.StartsWith("android:apk-key-hash:", StringComparison.Ordinal) || Settings.IsOrigin(text);

    private static void Set(IdentityPasskeyOptions passkeys, PasskeyOptions options, AppOptions app)
    {
        var home = new Uri(app.PublicUrl);
        HashSet<string> origins = new(options.Origins, StringComparer.OrdinalIgnoreCase)
        {
            home.GetLeftPart(UriPartial.Authority),
        };
        passkeys.ServerDomain = options.Domain ?? home.Host;
        passkeys.ValidateOrigin = context =>
            ValueTask.FromResult(!context.CrossOrigin && origins.Contains(context.Origin));
        // Whoever signs in without a password has shown the authenticator a finger, a face or a PIN, and names no account.
        passkeys.UserVerificationRequirement = "required";
        passkeys.ResidentKeyRequirement = "required";
    }
}
