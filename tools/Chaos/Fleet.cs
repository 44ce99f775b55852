namespace Fitnessify.Chaos;

/// <summary>The servers of a run share one folder, one database and one mail server.</summary>
internal sealed class Fleet : IDisposable
{
    private static readonly string[] Defaults =
    [
        "--Transport:RequireHttps=false",
        "--RateLimits:Enabled=false",
        "--Accounts:PasswordIterations=220000",
        "--Accounts:FailedSignInLimit=100",
        "--Accounts:FailedSignInAddressLimit=100000",
        "--Jobs:OverdueScanSeconds=1",
        "--Sessions:RefreshGraceSeconds=3600",
    ];

    private readonly ServerData _data = new();
    private readonly List<ServerProcess> _servers = [];

    public MailSink MailServer { get; } = new();

    public Database Database => new(_data);

    public string Mails
    {
        get
        {
            var doubled = MailServer.Mails.Values.Count(count => count > 1);
            return $"Mails: {MailServer.Mails.Count} recipients, {doubled} of them with more than one.";
        }
    }

    /// <summary>The result is a further server that already listens.</summary>
    public async Task<ServerProcess> StartAsync(params string[] settings)
    {
        var server = _data.Run(
            [.. Defaults, .. MailServer.Settings, .. settings],
            ("ASPNETCORE_ENVIRONMENT", "Production")
        );
        _servers.Add(server);
        await server.StartedAsync();
        return server;
    }

    public void Dispose()
    {
        _servers.ForEach(server => server.Dispose());
        MailServer.Dispose();
        _data.Dispose();
    }
}
