namespace Fitnessify.Infrastructure.Push;

/// <summary>Section <c>Push</c>: where messages to devices may go.</summary>
public sealed class PushOptions
{
    /// <summary>
    /// The hosts that endpoints of Web Push may name, each exactly or as <c>*.example.org</c> for all below it; by default those
    /// of Chrome and Edge, Firefox, Safari and Windows. Add those of UnifiedPush distributors, for instance <c>ntfy.sh</c>.
    /// In Development, <c>localhost</c>, <c>127.0.0.1</c> or <c>::1</c> permits a push service on this machine.
    /// </summary>
    public string[] AllowedHosts { get; internal set; } = [];

    /// <summary>The hosts of the browsers' own services.</summary>
    internal static readonly string[] BrowserHosts =
    [
        "fcm.googleapis.com",
        "jmt17.google.com",
        "*.push.services.mozilla.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    ];
}
