using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Identities;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Serilog;

namespace Fitnessify.Infrastructure.Tests.Identities;

/// <summary>The adapters of identities as they are registered, with an issuer and a clock that stands still.</summary>
internal sealed class IdentityAdapters : IAsyncDisposable
{
    public const string Nonce = "n-0S6_WzA2Mj";

    private readonly ServiceProvider _services;

    private IdentityAdapters(
        FakeTimeProvider clock,
        TestIssuer issuer,
        IEnumerable<KeyValuePair<string, string?>> settings
    )
    {
        (Clock, Issuer) = (clock, issuer);
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
            .AddLogging(logging =>
                logging
                    .SetMinimumLevel(LogLevel.Trace)
                    .AddSerilog(
                        new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(Log).CreateLogger(),
                        dispose: true
                    )
            );
        services.AddIdentities(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public TestIssuer Issuer { get; }

    public LogSink Log { get; } = new();

    public IIdentityTokens Tokens => _services.GetRequiredService<IIdentityTokens>();

    public IIdentityGrants Grants => _services.GetRequiredService<IIdentityGrants>();

    /// <summary>Starts an issuer and configures it, with further settings in place of its own.</summary>
    public static async Task<IdentityAdapters> StartAsync(
        string provider = IdentityProvider.Google,
        params (string Key, string? Value)[] settings
    )
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero));
        var issuer = await TestIssuer.StartAsync(provider, clock, clientIds: ["ios.app", "android.app"]);
        var all = issuer.Settings.ToDictionary(setting => setting.Key, setting => setting.Value);
        foreach (var (key, value) in settings)
        {
            all[$"Identity:Providers:{provider}:{key}"] = value == "{keys}" ? issuer.KeysUrl : value;
        }

        return new IdentityAdapters(clock, issuer, all);
    }

    /// <summary>Verifies a token, by default one that has just been issued.</summary>
    public Task<Result<IdentityClaims>> VerifyAsync(
        string? token = null,
        string nonce = Nonce,
        CancellationToken cancellationToken = default
    ) => Tokens.VerifyAsync(Issuer.Provider, token ?? Issuer.Token("alice", Nonce), nonce, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}
