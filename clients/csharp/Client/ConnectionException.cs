namespace Fitnessify.Client;

/// <summary>
/// No valid response arrived: the device is offline, the connection failed, the time limit passed, or the response does not come
/// from this server.
/// </summary>
public sealed class ConnectionException : Exception
{
    internal ConnectionException(string message, Exception? cause = null)
        : base(message, cause) { }
}
