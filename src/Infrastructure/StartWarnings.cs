using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.Infrastructure;

/// <summary>What works and yet is hardly meant, for one line of the log each.</summary>
public static class StartWarnings
{
    /// <summary>In Production of settings that are for trying it out, and anywhere of files that others may read.</summary>
    public static IReadOnlyList<string> FindStartWarnings(this IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var provider = scope.ServiceProvider;
        return
        [
            .. provider.GetRequiredService<IHostEnvironment>().IsProduction() ? OfSettings(provider) : [],
            .. OfFiles(provider),
        ];
    }

    private static IEnumerable<string> OfSettings(IServiceProvider provider)
    {
        var app = provider.GetRequiredService<AppOptions>();
        if (app.IsLocal)
        {
            yield return "App:PublicUrl is local: nobody else can follow the links in mails. Set it to where people find the server.";
        }
        else if (new Uri(app.PublicUrl).Scheme != Uri.UriSchemeHttps)
        {
            yield return "App:PublicUrl is not https: what the links in mails let somebody do, who listens can do too.";
        }

        if (provider.GetRequiredService<MailOptions>().Mode == MailMode.Pickup)
        {
            yield return "Mail:Mode is Pickup: mails become files and reach nobody, unless another program fetches them.";
        }

        if (provider.GetRequiredService<KeyRingOptions>().CertificatePath is null)
        {
            yield return "DataProtection:CertificatePath is not set: who reads the database can make tokens.";
        }
    }

    private static IEnumerable<string> OfFiles(IServiceProvider provider)
    {
        List<string> paths = [];
        if (provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Sqlite)
        {
            var connectionString = provider.GetRequiredService<AppDbContext>().Database.GetConnectionString();
            var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
            paths.AddRange([file, $"{file}-wal", Path.GetDirectoryName(file)!]);
        }

        if (provider.GetService<PickupFolder>() is { Path: var folder })
        {
            paths.Add(folder);
        }

        return paths
            .Where(PrivateFile.IsOpenToOthers)
            .Select(path => $"{path} is open to other users of this machine; take their rights away (chmod go-rwx).");
    }
}
