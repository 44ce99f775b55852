using System.Net;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>
/// Renders the templates of the folder beside this file. Each kind of mail has a text, with the subject in its first line, and
/// an HTML fragment that is placed in the layout.
/// </summary>
internal sealed partial class MailTemplates(AppOptions app) : IMailComposer
{
    private const string Product = "Fitnessify";
    private const string SubjectStart = "Subject: ";

    public MailMessage Compose(Guid id, MailDraft draft)
    {
        var values = new Dictionary<string, string>(draft.Values)
        {
            ["username"] = draft.Recipient.Username,
            ["product"] = Product,
            ["publicUrl"] = app.PublicUrl,
        };
        // The text is split before values are filled in, so that no value can change the subject line.
        var text = Read($"{draft.Kind}.txt").Split('\n', 2);
        var subject = Fill(text[0][SubjectStart.Length..], values);
        values["subject"] = subject;
        var layout = Read("Layout.html").Split("{{content}}");
        var html =
            FillHtml(layout[0], values) + FillHtml(Read($"{draft.Kind}.html"), values) + FillHtml(layout[1], values);
        return new MailMessage(
            id,
            draft.Recipient.Address,
            subject,
            Fill(text[1].TrimStart(), values).ReplaceLineEndings("\r\n"),
            html.ReplaceLineEndings("\r\n")
        );
    }

    private static string FillHtml(string template, Dictionary<string, string> values) =>
        Fill(template, values.ToDictionary(value => value.Key, value => WebUtility.HtmlEncode(value.Value)));

    // All placeholders are replaced in one pass, so that a value that looks like a placeholder stays text.
    private static string Fill(string template, Dictionary<string, string> values) =>
        Placeholder()
            .Replace(
                template,
                match =>
                    values.GetValueOrDefault(match.Groups["name"].Value)
                    ?? throw new InvalidOperationException($"A template needs {match}, which the mail does not hold.")
            );

    private static string Read(string name)
    {
        using var stream =
            typeof(MailTemplates).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no template {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(?<name>.*?)\}\}")]
    private static partial Regex Placeholder();
}
