namespace Fitnessify.Infrastructure.Mail;

/// <summary>Section <c>App</c>: the server as people see it.</summary>
public sealed class AppOptions
{
    /// <summary>Where people find the server: links in mails begin with it, whatever a request says. Read without a slash at its end.</summary>
    public string PublicUrl
    {
        get;
        init => field = value.TrimEnd('/');
    } = "http://localhost:5080";

    /// <summary>Whether only this machine finds the server there.</summary>
    public bool IsLocal => new Uri(PublicUrl).IsLoopback;
}
