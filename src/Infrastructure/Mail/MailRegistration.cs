using System.Net.Mail;
using System.Text;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Identity;
using Fitnessify.Infrastructure.Persistence.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Chooses and configures the transport.</summary>
internal static class MailRegistration
{
    public static void AddMail(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
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
        services.AddSingleton(new Envelope(ReadSender(options.From)));
        if (options.Mode == MailMode.Smtp)
        {
            Check(options);
            services.AddSingleton<IMailTransport, SmtpTransport>();
        }
        else
        {
            var folder = PickupFolder(options.PickupFolder, environment.ContentRootPath);
            services.AddSingleton<IMailTransport>(provider => new PickupTransport(
                folder,
                provider.GetRequiredService<Envelope>()
            ));
        }

        services.AddSingleton<IMailComposer, MailTemplates>();
        services.AddScoped<IMailOutbox, MailOutbox>();
        services.AddScoped<IMailRecipients, MailRecipients>();
    }

    private static void Check(MailOptions options)
    {
        if (options.Host is null)
        {
            throw new SettingsException("Mail:Host", "is needed for Smtp; use the name of the mail server.");
        }

        if (options.User is not null && options.Password is null)
        {
            throw new SettingsException("Mail:Password", "is needed with Mail:User.");
        }
    }

    private static MailAddress ReadSender(string from) =>
        MailAddress.TryCreate(from, out var sender)
        && Ascii.IsValid(sender.Address)
        && !from.Any(char.IsControl)
        && from.Count(character => character == '@') == 1
        && Uri.CheckHostName(sender.Host) == UriHostNameType.Dns
            ? sender
            : throw new SettingsException(
                "Mail:From",
                "not an e-mail address; use one such as no-reply@example.org or Fitnessify <no-reply@example.org>."
            );

    private static string PickupFolder(string folder, string contentRoot)
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
