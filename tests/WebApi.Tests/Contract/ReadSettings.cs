using Fitnessify.Infrastructure;
using Fitnessify.Infrastructure.Identities;
using Fitnessify.WebApi.Http.RateLimits;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Moq;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>Records what the server reads while it starts without any setting, and the resulting options.</summary>
internal sealed class ReadSettings
{
    private readonly HashSet<string> _keys = [];
    private readonly ServiceCollection _services = [];

    public ReadSettings()
    {
        var configuration = new Recorder(new ConfigurationBuilder().Build(), _keys);
        var environment = Mock.Of<IWebHostEnvironment>(host =>
            host.EnvironmentName == "Production" && host.ContentRootPath == AppContext.BaseDirectory
        );
        _services.AddInfrastructure(configuration, environment);
        _services.AddWebApi(configuration, environment);
    }

    /// <summary>Gets the full key of each setting that was read.</summary>
    public IReadOnlySet<string> Keys => _keys;

    /// <summary>Returns the options of a section with their defaults.</summary>
    public object Find(Type type, string section) =>
        type == typeof(FixedWindowOptions)
            ? Instances
                .OfType<RateLimitGroup>()
                .Single(group => section.EndsWith($":{group.Name}", StringComparison.OrdinalIgnoreCase))
                .Window
        : type == typeof(IdentityProviderOptions)
            ? new IdentityProviderOptions { Issuer = IdentityProviderOptions.KnownIssuerOf(section.Split(':')[^1]) }
        : type == typeof(AppleOptions) ? new AppleOptions()
        : Instances.Single(type.IsInstanceOfType);

    private IEnumerable<object> Instances =>
        _services
            .Where(service => !service.IsKeyedService)
            .Select(service => service.ImplementationInstance)
            .OfType<object>();

    private sealed class Recorder(IConfiguration inner, HashSet<string> keys) : IConfiguration
    {
        public string? this[string key]
        {
            get
            {
                keys.Add(key);
                return inner[key];
            }
            set => inner[key] = value;
        }

        public IConfigurationSection GetSection(string key)
        {
            keys.Add(key);
            return inner.GetSection(key);
        }

        public IEnumerable<IConfigurationSection> GetChildren() => inner.GetChildren();

        public IChangeToken GetReloadToken() => inner.GetReloadToken();
    }
}
