using Fitnessify.Application.Accounts;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moq;

namespace Fitnessify.Infrastructure.Tests;

public sealed class SettingsTests
{
    [TestCase("Database:Provider", "Oracle", "Sqlite or SqlServer")]
    [TestCase("Database:Provider", "1", "Sqlite or SqlServer")]
    [TestCase("Database:Provider", "7", "Sqlite or SqlServer")]
    [TestCase("Database:Provider", "Sqlite, SqlServer", "Sqlite or SqlServer")]
    [TestCase("Database:SqliteSynchronous", "Off", "Full or Normal")]
    [TestCase("Database:MigrateOnStart", "yes", "true or false")]
    [TestCase("Accounts:RequireConfirmedEmail", "1", "true or false")]
    [TestCase("Accounts:PasswordIterations", "many", "a number from 1 to 100000000")]
    [TestCase("Accounts:PasswordIterations", "0", "a number from 1 to 100000000")]
    [TestCase("Accounts:PasswordIterations", "99999999999", "a number from 1 to 100000000")]
    [TestCase("Accounts:PasswordIterations", "1.5", "a number from 1 to 100000000")]
    [TestCase("Accounts:MinimumPasswordLength", "7", "a number from 8 to 64")]
    [TestCase("Accounts:MinimumPasswordScore", "5", "a number from 0 to 4")]
    [TestCase("Accounts:HashingConcurrency", "-1", "a number from 1 to 256")]
    [TestCase("Accounts:FailedSignInLimit", "101", "a number from 1 to 100")]
    [TestCase("Accounts:FailedSignInAddressLimit", "0", "a number from 1 to 100000")]
    [TestCase("Accounts:FailedSignInMinutes", "1441", "a number from 1 to 1440")]
    [TestCase("Sessions:MaxPerUser", "0", "a number from 1 to 1000")]
    [TestCase("Sessions:RefreshGraceSeconds", "-1", "a number from 0 to 3600")]
    [TestCase("Sessions:AccessTokenMinutes", "0", "a number from 1 to 1440")]
    [TestCase("Sessions:RevocationSeconds", "301", "a number from 1 to 300")]
    [TestCase("Mail:Mode", "Sendmail", "Pickup or Smtp")]
    [TestCase("Mail:Port", "0", "a number from 1 to 65535")]
    [TestCase("Mail:Security", "Ssl", "StartTls or Tls or None")]
    [TestCase("Telemetry:TraceRatio", "1.5", "a number from 0 to 1")]
    [TestCase("Telemetry:TraceRatio", "0.25", null)]
    [TestCase("Sessions:IdleDays", "", null)]
    public void A_wrong_value_stops_the_startup_and_names_its_key_and_the_allowed_values(
        string key,
        string value,
        string? allowed
    )
    {
        var start = () => Start((key, value));

        Assert.That(
            start,
            allowed is null
                ? Throws.Nothing
                : Throws
                    .TypeOf<SettingsException>()
                    .With.Message.EqualTo($"{key}: '{value}' is not allowed; use {allowed}.")
        );
    }

    [Test]
    public void Reads_configured_values_and_keeps_the_defaults_of_others()
    {
        var services = Start(
            ("Database:SqliteSynchronous", "normal"),
            ("Database:MigrateOnStart", "False"),
            ("Accounts:MinimumPasswordLength", "15"),
            ("Accounts:MinimumPasswordScore", ""),
            ("Accounts:RequireConfirmedEmail", "true")
        );

        using var provider = services.BuildServiceProvider();
        var database = provider.GetRequiredService<DatabaseOptions>();
        Assert.That(database.Provider, Is.EqualTo(DatabaseProvider.Sqlite));
        Assert.That(database.SqliteSynchronous, Is.EqualTo(SqliteSynchronous.Normal));
        Assert.That(database.MigrateOnStart, Is.False);
        Assert.That(provider.GetRequiredService<AccountOptions>().MinimumPasswordLength, Is.EqualTo(15));
        Assert.That(provider.GetRequiredService<AccountOptions>().MinimumPasswordScore, Is.EqualTo(3));
        Assert.That(provider.GetRequiredService<AccountOptions>().RequireConfirmedEmail, Is.True);
        Assert.That(provider.GetRequiredService<AccountOptions>().PasswordIterations, Is.EqualTo(220_000));
    }

    [TestCase("Sqlite", "Host=x;Password=hunter2")]
    [TestCase("Sqlite", "hunter2")]
    [TestCase("Sqlite", "Data Source=a.db;Default Timeout=hunter2")]
    [TestCase("Sqlite", "Data Source=a.db;Default Timeout=99999999999")]
    [TestCase("Sqlite", "Data Source=a.db;Pooling=hunter2")]
    [TestCase("Sqlite", "Data Source=a.db;Mode=hunter2")]
    [TestCase("Sqlite", "Data Source=:memory:;Password=hunter2")]
    [TestCase("Sqlite", "Data Source=a.db;Mode=Memory;Password=hunter2")]
    [TestCase("Sqlite", "")]
    [TestCase("SqlServer", null)]
    [TestCase("SqlServer", "hunter2")]
    [TestCase("SqlServer", "Server=x;Pasword=hunter2")]
    [TestCase("SqlServer", "Server=x;Password=hunter2;Connect Timeout=hunter2")]
    [TestCase("SqlServer", "Server=x;Password=hunter2;Connect Timeout=99999999999")]
    [TestCase("SqlServer", "Server=x;Password=hunter2;Encrypt=hunter2")]
    [TestCase("SqlServer", "Server=x;Password=\"hunter2")]
    public void An_invalid_connection_string_stops_the_startup_and_is_never_printed(string provider, string? value) =>
        Assert.That(
            () => Start(("Database:Provider", provider), ("ConnectionStrings:Fitnessify", value)),
            Throws
                .TypeOf<SettingsException>()
                .With.Message.StartsWith("ConnectionStrings:Fitnessify: ")
                .And.Message.Contains("use ")
                .And.Message.Not.Contains("hunter2")
        );

    [TestCase("Production", "219999", false)]
    [TestCase("Production", "220000", true)]
    [TestCase("Production", null, true)]
    [TestCase("Staging", "1", true)]
    public void Production_refuses_weak_hashing(string environment, string? iterations, bool accepted) =>
        Assert.That(
            () => StartIn(environment, ("Accounts:PasswordIterations", iterations)),
            accepted
                ? Throws.Nothing
                : Throws.TypeOf<SettingsException>().With.Message.Contains("Accounts:PasswordIterations: 219999")
        );

    [TestCase("hunter2")]
    [TestCase("a@")]
    [TestCase("a@example.org, b@example.org")]
    [TestCase("ä@example.org")]
    [TestCase("a@exämple.org")]
    [TestCase("a@[127.0.0.1]")]
    [TestCase("Fitnessify\n <a@example.org>")]
    public void A_sender_that_is_not_an_address_stops_the_startup(string from) =>
        Assert.That(
            () => Start(("Mail:From", from)),
            Throws.TypeOf<SettingsException>().With.Message.StartsWith("Mail:From: not an e-mail address; use ")
        );

    [TestCase("localhost:4318", false)]
    [TestCase("collector", false)]
    [TestCase("ftp://collector", false)]
    [TestCase("http://name:hunter2@collector", false)]
    [TestCase("http://collector?key=hunter2", false)]
    [TestCase("http://collector:4318", true)]
    [TestCase("https://collector/otlp/", true)]
    public void The_telemetry_endpoint_must_be_a_URL(string endpoint, bool accepted) =>
        Assert.That(
            () => Start(("Telemetry:OtlpEndpoint", endpoint)),
            accepted
                ? Throws.Nothing
                : Throws
                    .TypeOf<SettingsException>()
                    .With.Message.StartsWith("Telemetry:OtlpEndpoint: not the address of a collector; use ")
                    .And.Message.Not.Contains("hunter2")
        );

    [TestCase("Passkeys:Origins", "https://app.example.org")]
    [TestCase("DataProtection:PreviousCertificatePaths", "/old.pfx")]
    [TestCase("Push:AllowedHosts", "push.example.org")]
    public void A_list_that_is_given_as_one_value_stops_the_startup(string key, string value) =>
        Assert.That(
            () => Start((key, value)),
            Throws
                .TypeOf<SettingsException>()
                .With.Message.EqualTo($"{key}: is a list; use {key}:0, {key}:1 and so on.")
        );

    [TestCase("https://example.org", false)]
    [TestCase("127.0.0.1", false)]
    [TestCase("exam ple", false)]
    [TestCase("example.org", true)]
    [TestCase("localhost", true)]
    public void The_passkey_domain_must_be_valid(string domain, bool accepted) =>
        Assert.That(
            () => Start(("Passkeys:Domain", domain)),
            accepted
                ? Throws.Nothing
                : Throws.TypeOf<SettingsException>().With.Message.StartsWith("Passkeys:Domain: not a domain; use ")
        );

    [TestCase("app.example.org", false)]
    [TestCase("https://app.example.org/", false)]
    [TestCase("https://app.example.org/path", false)]
    [TestCase("https://app.example.org", true)]
    [TestCase("https://app.example.org:8443", true)]
    [TestCase("android:apk-key-hash:pNiP5iKyQ8JwgGOaKA1zGPUPJIS-0H1xKCQcfIoGLck", true)]
    public void The_passkey_origins_must_be_valid(string origin, bool accepted) =>
        Assert.That(
            () => Start(("Passkeys:Origins:0", "https://first.example.org"), ("Passkeys:Origins:1", origin)),
            accepted
                ? Throws.Nothing
                : Throws
                    .TypeOf<SettingsException>()
                    .With.Message.StartsWith("Passkeys:Origins: holds what is no origin")
        );

    [TestCase("no-reply@localhost")]
    [TestCase("Fitnessify <no-reply@example.org>")]
    public void A_sender_is_an_address_with_or_without_a_display_name(string from) =>
        Assert.That(() => Start(("Mail:From", from)), Throws.Nothing);

    [TestCase("TokenUrl", "not a URL", "Mail:OAuth:TokenUrl: not a token endpoint; use an absolute http or https URL ")]
    [TestCase(
        "TokenUrl",
        "http://login.example.org/",
        "Mail:OAuth:TokenUrl: would send the secret in the clear; use https."
    )]
    [TestCase("TokenUrl", null, "Mail:OAuth:TokenUrl: is needed with the other settings of Mail:OAuth.")]
    [TestCase("ClientId", null, "Mail:OAuth:ClientId: is needed with Mail:OAuth:TokenUrl.")]
    [TestCase("ClientSecret", null, "Mail:OAuth:ClientSecret: is needed with Mail:OAuth:TokenUrl.")]
    public void OAuth_for_mail_requires_complete_settings(string key, string? value, string message)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Mail:Mode"] = "Smtp",
            ["Mail:Host"] = "mail.example.org",
            ["Mail:User"] = "fitnessify",
            ["Mail:OAuth:TokenUrl"] = "https://login.example.org/token",
            ["Mail:OAuth:ClientId"] = "fitnessify",
            ["Mail:OAuth:ClientSecret"] = "secret",
        };
        settings[$"Mail:OAuth:{key}"] = value;

        Assert.That(
            () => Start([.. settings.Select(setting => (setting.Key, setting.Value))]),
            Throws.TypeOf<SettingsException>().With.Message.StartsWith(message)
        );
    }

    [TestCase(null, null, null, "Mail:Host: is needed for Smtp; use the name of the mail server.")]
    [TestCase("mail.example.org", "fitnessify", null, "Mail:Password: is needed with Mail:User.")]
    [TestCase("mail.example.org", "fitnessify", "hunter2", null)]
    [TestCase("mail.example.org", null, null, null)]
    public void A_mail_server_requires_a_host_and_a_user_requires_a_password(
        string? host,
        string? user,
        string? password,
        string? message
    ) =>
        Assert.That(
            () => Start(("Mail:Mode", "Smtp"), ("Mail:Host", host), ("Mail:User", user), ("Mail:Password", password)),
            message is null ? Throws.Nothing : Throws.TypeOf<SettingsException>().With.Message.EqualTo(message)
        );

    [TestCase("fitnessify.example.org", null)]
    [TestCase("/fitnessify", null)]
    [TestCase("ftp://fitnessify.example.org", null)]
    [TestCase("https://fitnessify.example.org?a=b", null)]
    [TestCase("https://fitnessify.example.org#a", null)]
    [TestCase("https://me:hunter2@fitnessify.example.org", null)]
    [TestCase("https://fitnessify.example.org", "https://fitnessify.example.org")]
    [TestCase("https://example.org/fitnessify/", "https://example.org/fitnessify")]
    [TestCase(null, "http://localhost:5080")]
    public void The_public_URL_must_be_a_valid_base_for_links(string? url, string? read)
    {
        AppOptions Read() => Start(("App:PublicUrl", url)).BuildServiceProvider().GetRequiredService<AppOptions>();

        Assert.That(
            () => Read().PublicUrl,
            read is null
                ? Throws
                    .TypeOf<SettingsException>()
                    .With.Message.StartsWith("App:PublicUrl: not a URL")
                    .And.Message.Not.Contains("hunter2")
                : Is.EqualTo(read)
        );
    }

    private static IServiceCollection Start(params (string Key, string? Value)[] settings) =>
        StartIn("Development", settings);

    private static IServiceCollection StartIn(string environment, params (string Key, string? Value)[] settings) =>
        new ServiceCollection().AddInfrastructure(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value))
                .Build(),
            Mock.Of<IHostEnvironment>(host =>
                host.EnvironmentName == environment && host.ContentRootPath == AppContext.BaseDirectory
            )
        );
}
