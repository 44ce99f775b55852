namespace Fitnessify.Testing;

/// <summary>Those that talk to a process.</summary>
internal static class Devices
{
    /// <summary>Waits until the server listens.</summary>
    /// <returns>A device that talks to it.</returns>
    public static async Task<ApiClient> ListensAsync(this ServerProcess server)
    {
        await server.StartedAsync();
        return server.Anonymous();
    }

    /// <summary>One more device that talks to it, once it listens.</summary>
    public static ApiClient Anonymous(this ServerProcess server) => new(server.Handler, server.Address);

    /// <summary>A new user, signed in; or one more device of somebody.</summary>
    public static async Task<ApiClient> SignedInAsync(this ServerProcess server, Person? person = null)
    {
        var client = server.Anonymous();
        await client.SignInAsync(person ?? await client.RegisteredAsync());
        return client;
    }

    /// <summary>The same session on another server.</summary>
    public static ApiClient Of(this ServerProcess server, ApiClient device)
    {
        var there = server.Anonymous();
        there.AccessToken = device.AccessToken;
        return there;
    }
}
