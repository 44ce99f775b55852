using System.Text;
using System.Text.RegularExpressions;

namespace Fitnessify.Testing;

/// <summary>The mails that a server has sent as files.</summary>
/// <param name="path">The pickup folder of the server.</param>
internal sealed partial class MailFolder(string path)
{
    // This is for a mail that does not come; the job looks every two seconds.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    /// <summary>Returns all mails, oldest first.</summary>
    public IReadOnlyList<ReceivedMail> Read() =>
        Directory.Exists(path)
            ? [.. Directory.GetFiles(path, "*.eml").Order(StringComparer.Ordinal).Select(Parse).OfType<ReceivedMail>()]
            : [];

    /// <summary>Waits for a mail with such a link and returns the link of the newest one.</summary>
    public async Task<Link> LinkAsync(string address, string page)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var timeout = new CancellationTokenSource(Timeout);
        while (true)
        {
            var mail = Read().LastOrDefault(mail => mail.To == address && mail.Link?.Page == page);
            if (mail is not null)
            {
                return mail.Link!;
            }

            await pace.WaitForNextTickAsync(timeout.Token);
        }
    }

    /// <returns>The mail, or null when it has gone because its account was erased.</returns>
    private static ReceivedMail? Parse(string file)
    {
        string source;
        try
        {
            source = File.ReadAllText(file).ReplaceLineEndings("\n");
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        return new ReceivedMail(
            To().Match(source).Groups[1].Value,
            Subject().Match(source).Groups[1].Value,
            Encoding.UTF8.GetString(Convert.FromBase64String(FirstPart().Match(source).Groups[1].Value))
        );
    }

    [GeneratedRegex("^To: (.*)$", RegexOptions.Multiline)]
    private static partial Regex To();

    [GeneratedRegex("^Subject: (.*)$", RegexOptions.Multiline)]
    private static partial Regex Subject();

    [GeneratedRegex("text/plain.*?base64\n\n([A-Za-z0-9+/=\n]+)", RegexOptions.Singleline)]
    private static partial Regex FirstPart();
}

/// <summary>A mail in the folder.</summary>
/// <param name="To">The address of the recipient.</param>
/// <param name="Subject">The decoded subject.</param>
/// <param name="Text">The text part.</param>
internal sealed partial record ReceivedMail(string To, string Subject, string Text)
{
    /// <summary>Gets the link with a token, or null.</summary>
    public Link? Link => Address().Match(Text) is { Success: true } match ? new Link(match.Value) : null;

    [GeneratedRegex(@"\S+/account/\S+#\S+")]
    private static partial Regex Address();
}

/// <summary>A mailed link.</summary>
/// <param name="Address">The address with its fragment.</param>
internal sealed record Link(string Address)
{
    public const string ConfirmEmail = "/account/confirm-email";
    public const string ResetPassword = "/account/reset-password";

    public string Page => new Uri(Address).AbsolutePath;

    public string Token => Values["token"];

    /// <summary>Gets the values in the fragment.</summary>
    public IReadOnlyDictionary<string, string> Values =>
        new Uri(Address)
            .Fragment[1..]
            .Split('&')
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
}
