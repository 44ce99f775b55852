namespace Fitnessify.Infrastructure.Push;

/// <summary>Section <c>Push:WebPush</c>: who the push services turn to.</summary>
public sealed class WebPushOptions
{
    /// <summary>
    /// How the operators of push services reach the operator of this server (RFC 8292, 2.1): a <c>mailto:</c> or <c>https:</c> URL.
    /// By default <c>App:PublicUrl</c> if it is https, or else the address of <c>Mail:From</c>. Apple accepts none at localhost.
    /// </summary>
    public string? Subject { get; init; }
}
