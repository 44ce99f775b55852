using System.Net;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>
/// Renders the templates of the folder beside this file. A template has no words: a placeholder that begins with a capital stands
/// for a text in the language of the recipient, <c>{{Lead}}</c> for the one of the mail's kind, such as <c>NewDevice.Lead</c>, or of
/// a variant of it. Any other placeholder, in a template or a text, stands for a value.
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
        var variant = VariantOf(draft);
        var subject = MailTexts.Fill(texts[$"{variant}.Subject"], values);
        values["subject"] = subject;
        var encoded = values.ToDictionary(value => value.Key, value => WebUtility.HtmlEncode(value.Value));
        return new MailMessage(
            id,
            // Who drafts a mail has found an address for it.
            draft.Recipient.Address!,
            subject,
            Render(TemplateOf(draft.Kind), "txt", text => texts[TextOf(text)], values),
            Render(TemplateOf(draft.Kind), "html", text => WebUtility.HtmlEncode(texts[TextOf(text)]), encoded)
        );

        string TextOf(string name) => name.Contains('.') ? name : $"{variant}.{name}";
    }

    private static string Render(
        string name,
        string format,
        Func<string, string> text,
        Dictionary<string, string> values
    )
    {
        var template = Read($"Layout.{format}")
            .Replace("{{content}}", Read($"{name}.{format}").TrimEnd(), StringComparison.Ordinal);
        var withTexts = TextPlaceholder().Replace(template, match => text(match.Groups["name"].Value));
        return MailTexts.Fill(withTexts, values).ReplaceLineEndings("\r\n");
    }

    // The texts about a password are wrong for a sign-in with an identity.
    private static string VariantOf(MailDraft draft) =>
        draft.Kind == MailKind.SignInNotCompleted && draft.Values.ContainsKey(AccountMails.Provider)
            ? $"{draft.Kind}.WithIdentity"
            : draft.Kind.ToString();

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
