using System.Net;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>
/// Renders the templates of the folder beside this file. A template has no words: a placeholder that begins with a capital stands
/// for a text in the language of the recipient, <c>{{Lead}}</c> for the one of the mail's kind, such as <c>NewDevice.Lead</c>. Any
/// other placeholder, in a template or a text, stands for a value.
/// </summary>
internal sealed partial class MailTemplates(AppOptions app) : IMailComposer
{
    private const string Product = "Fitnessify";

    public MailMessage Compose(Guid id, MailDraft draft)
    {
        var texts = MailTexts.In(draft.Recipient.Locale);
        var values = MailValues.Of(draft, texts);
        values["username"] = draft.Recipient.Username;
        values["product"] = Product;
        values["publicUrl"] = app.PublicUrl;
        values["language"] = texts.Language;
        var subject = MailTexts.Fill(texts[$"{draft.Kind}.Subject"], values);
        values["subject"] = subject;
        var encoded = values.ToDictionary(value => value.Key, value => WebUtility.HtmlEncode(value.Value));
        return new MailMessage(
            id,
            // Who drafts a mail has found an address for it.
            draft.Recipient.Address!,
            subject,
            Render(draft.Kind, "txt", text => texts[text], values),
            Render(draft.Kind, "html", text => WebUtility.HtmlEncode(texts[text]), encoded)
        );
    }

    private static string Render(
        MailKind kind,
        string format,
        Func<string, string> text,
        Dictionary<string, string> values
    )
    {
        var template = Read($"Layout.{format}")
            .Replace("{{content}}", Read($"{TemplateOf(kind)}.{format}").TrimEnd(), StringComparison.Ordinal);
        var withTexts = TextPlaceholder()
            .Replace(
                template,
                match =>
                    match.Groups["name"].Value is var name && name.Contains('.') ? text(name) : text($"{kind}.{name}")
            );
        return MailTexts.Fill(withTexts, values).ReplaceLineEndings("\r\n");
    }

    private static string TemplateOf(MailKind kind) =>
        kind switch
        {
            MailKind.NewDevice or MailKind.SignInNotCompleted => "Device",
            MailKind.ConfirmEmail or MailKind.ResetPassword or MailKind.PasswordReset or MailKind.TasksDue =>
                kind.ToString(),
            _ => "Notice",
        };

    private static string Read(string name)
    {
        using var stream =
            typeof(MailTemplates).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no template {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(?<name>[A-Z].*?)\}\}")]
    private static partial Regex TextPlaceholder();
}
