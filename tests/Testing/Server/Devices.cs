namespace Fitnessify.Testing;

/// <summary>Devices that call a server process.</summary>
internal static class Devices
{
    /// <summary>Waits until the server listens.</summary>
    /// <returns>A device that calls it.</returns>
    public static async Task<ApiClient> ListensAsync(this ServerProcess server)
    {
        await server.StartedAsync();
        return server.Anonymous();
    }

    /// <summary>Creates another device of a server that already listens.</summary>
    public static ApiClient Anonymous(this ServerProcess server) => new(server.Handler, server.Address);

    /// <summary>Creates a signed-in user, or another device of an existing one.</summary>
    public static async Task<ApiClient> SignedInAsync(this ServerProcess server, Person? person = null)
    {
        var client = server.Anonymous();
        await client.SignInAsync(person ?? await client.RegisteredAsync());
        return client;
    }

    /// <summary>Uses the same session on another server.</summary>
    public static ApiClient Of(this ServerProcess server, ApiClient device)
    {
        var there = server.Anonymous();
        there.AccessToken = device.AccessToken;
        return there;
    }
}
