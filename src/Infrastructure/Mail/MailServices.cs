using System.Text;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Registers the configured transport and the outbox.</summary>
internal static class MailServices
{
    private const string TokenUrl = "Mail:OAuth:TokenUrl";

    public static void AddMail(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment,
        TelemetryOptions telemetry
    )
    {
        var app = services.AddSettings<AppOptions>(configuration, "App");
        _ = Settings.ReadUrl(
            "App:PublicUrl",
            app.PublicUrl,
            "a URL that links can begin with",
            "https://fitnessify.example.org"
        );
        var options = services.AddSettings<MailOptions>(configuration, "Mail");
        var oauth = services.AddSettings<MailOAuthOptions>(configuration, "Mail:OAuth");
        var sender = ReadSender(options.From);
        services.AddSingleton(provider => new MimeFormat(sender, provider.GetRequiredService<TimeProvider>()));
        if (options.Mode == MailMode.Smtp)
        {
            services.AddSmtp(options, oauth);
        }
        else
        {
            services.AddSingleton(new PickupFolder(FullPath(options.PickupFolder, environment.ContentRootPath)));
            services.AddSingleton<IMailTransport, PickupTransport>();
        }

        services.AddSingleton<IMailComposer, MailTemplates>();
        services.AddScoped<IMailOutbox, MailOutbox>();
        services.AddScoped<IMailRecipients, MailRecipients>();
        services.AddScoped<IDueNotices, DueNotices>();
        services.AddScoped<IMailThrottle, MailThrottle>();
        services.AddScoped<ISaveStep, DeletedRecipientStep>();
        services.AddJob<SendMailsJob>(trigger => trigger.Every(SendMailsJob.Interval));
        if (telemetry.IsOn)
        {
            services.AddHostedService<OutboxMetrics>();
        }
    }

    private static void AddSmtp(this IServiceCollection services, MailOptions options, MailOAuthOptions oauth)
    {
        if (options.Host is null)
        {
            throw new SettingsException("Mail:Host", "is needed for Smtp; use the name of the mail server.");
        }

        if (options.IsPasswordInTheClear)
        {
            throw new SettingsException(
                "Mail:Security",
                "'None' would send Mail:Password in the clear; use StartTls or Tls, or a server on this machine."
            );
        }

        if (oauth.TokenUrl is not null)
        {
            Check(options, oauth);
            OAuthTokens.AddClient(services, TokenUrl);
        }
        else if ((oauth.ClientId ?? oauth.ClientSecret ?? oauth.Scope) is not null)
        {
            throw new SettingsException(TokenUrl, "is needed with the other settings of Mail:OAuth.");
        }
        else if (options.User is not null && options.Password is null)
        {
            throw new SettingsException("Mail:Password", "is needed with Mail:User.");
        }

        services.AddSingleton<IMailTransport>(provider => new SmtpTransport(
            options,
            provider.GetRequiredService<MimeFormat>(),
            oauth.TokenUrl is null ? null : Tokens(oauth, provider),
            provider.GetRequiredService<TimeProvider>()
        ));
    }

    private static OAuthTokens Tokens(MailOAuthOptions options, IServiceProvider provider)
    {
        // Client credentials (RFC 6749, 4.4).
        Dictionary<string, string> parameters = new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId!,
            ["client_secret"] = options.ClientSecret!,
        };
        if (options.Scope is { } scope)
        {
            parameters["scope"] = scope;
        }

        return new OAuthTokens(
            new OAuthGrant(TokenUrl, options.TokenUrl!, _ => parameters),
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<TimeProvider>()
        );
    }

    private static void Check(MailOptions options, MailOAuthOptions oauth)
    {
        var url = Settings.ReadUrl(TokenUrl, oauth.TokenUrl!, "a token endpoint", "https://login.example.org/token");
        if (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
        {
            throw new SettingsException(TokenUrl, "would send the secret in the clear; use https.");
        }

        (string Key, string? Value)[] needed =
        [
            ("Mail:OAuth:ClientId", oauth.ClientId),
            ("Mail:OAuth:ClientSecret", oauth.ClientSecret),
            ("Mail:User", options.User),
        ];
        if (needed.FirstOrDefault(setting => setting.Value is null).Key is { } missing)
        {
            throw new SettingsException(missing, "is needed with Mail:OAuth:TokenUrl.");
        }

        if (options.Password is not null)
        {
            throw new SettingsException("Mail:Password", "is not used with Mail:OAuth:TokenUrl; set one of the two.");
        }
    }

    private static MailboxAddress ReadSender(string from) =>
        MailboxAddress.TryParse(from, out var sender)
        && Ascii.IsValid(sender.Address)
        && !from.Any(char.IsControl)
        && from.Count(character => character == '@') == 1
        && Uri.CheckHostName(sender.Domain) == UriHostNameType.Dns
            ? sender
            : throw new SettingsException(
                "Mail:From",
                "not an e-mail address; use one such as no-reply@example.org or Fitnessify <no-reply@example.org>."
            );

    private static string FullPath(string folder, string contentRoot)
    {
        try
        {
            return Path.GetFullPath(folder, contentRoot);
        }
        catch (ArgumentException)
        {
            throw new SettingsException("Mail:PickupFolder", "not a folder; use a path.");
        }
    }
}
