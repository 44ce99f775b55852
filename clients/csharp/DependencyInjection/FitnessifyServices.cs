using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fitnessify.Client;

/// <summary>Registers the client.</summary>
public static class FitnessifyServices
{
    /// <summary>The name of the client of <see cref="IHttpClientFactory"/> that sends the requests.</summary>
    public const string HttpClientName = "Fitnessify";

    /// <summary>
    /// Registers a <see cref="FitnessifySession"/>, and returns the builder of its HTTP client, which takes further handlers.
    /// </summary>
    /// <remarks>
    /// <para>
    /// An app for one user has one session, which is the default. A server on behalf of many users has one for each scope: give it
    /// <see cref="ServiceLifetime.Scoped"/>, and register an <see cref="ITokenStore"/> that returns the tokens of the user of the scope.
    /// </para>
    /// <para>
    /// The tokens are kept in the <see cref="ITokenStore"/> of the container if there is one, and otherwise where the options say. The
    /// options can be changed further with <c>services.Configure</c>.
    /// </para>
    /// </remarks>
    /// <param name="services">The services of the app.</param>
    /// <param name="address">The address of the server, which does not include <c>/api/v1</c>.</param>
    /// <param name="configure">Sets the options, which may not have a handler.</param>
    /// <param name="lifetime">Singleton or scoped.</param>
    /// <exception cref="ArgumentException">
    /// The lifetime is transient. Sessions of one user would each refresh the tokens, which concurrent calls of one session share.
    /// </exception>
    public static IHttpClientBuilder AddFitnessifyClient(
        this IServiceCollection services,
        string address,
        Action<FitnessifyOptions>? configure = null,
        ServiceLifetime lifetime = ServiceLifetime.Singleton
    )
    {
        if (lifetime == ServiceLifetime.Transient)
        {
            throw new ArgumentException("A session is a singleton or scoped.", nameof(lifetime));
        }

        var options = services.AddOptions<FitnessifyOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.Add(
            new ServiceDescriptor(typeof(FitnessifySession), provider => Create(provider, lifetime), lifetime)
        );
        return services.AddHttpClient(HttpClientName, http => http.BaseAddress = new Uri(address));
    }

    private static FitnessifySession Create(IServiceProvider provider, ServiceLifetime lifetime)
    {
        // The options of a scope are its own, so that no scope sees the tokens of another one in memory.
        var options =
            lifetime == ServiceLifetime.Singleton
                ? provider.GetRequiredService<IOptions<FitnessifyOptions>>().Value
                : provider.GetRequiredService<IOptionsSnapshot<FitnessifyOptions>>().Value;
        if (provider.GetService<ITokenStore>() is { } tokens)
        {
            options.Tokens = tokens;
        }

        var clients = provider.GetRequiredService<IHttpClientFactory>();
        return new FitnessifySession(() => clients.CreateClient(HttpClientName), options);
    }
}
