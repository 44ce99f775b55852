namespace Fitnessify.Infrastructure.Mail;

/// <summary>Section <c>Mail:OAuth</c>: a token in place of <c>Mail:Password</c> (XOAUTH2).</summary>
internal sealed class MailOAuthOptions
{
    /// <summary>The token endpoint, for client credentials. It is https, or on this machine.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>The app's id there.</summary>
    public string? ClientId { get; init; }

    /// <summary>The app's secret there.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What the token is for, where the endpoint asks for it.</summary>
    public string? Scope { get; init; }
}
