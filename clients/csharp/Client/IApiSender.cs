namespace Fitnessify.Client;

/// <summary>The sender sends a call and returns the body of the response.</summary>
internal interface IApiSender
{
    Task<T> SendAsync<T>(ApiRequest request, CancellationToken cancellationToken);
}
