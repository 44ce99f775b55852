using System.Globalization;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Turns the values of a mail, which are in no language, into those that its recipient reads.</summary>
internal static class MailValues
{
    public static Dictionary<string, string> Of(MailDraft draft, MailTexts texts)
    {
        var zone = TimeZoneExtensions.FindOrUtc(draft.Recipient.TimeZone);
        var values = draft.Values.ToDictionary(value => value.Key, value => Read(value.Key, value.Value, texts, zone));
        if (draft.Overdue is { } overdue)
        {
            AddTasks(values, overdue, texts, zone);
        }

        return values;
    }

    private static string Read(string name, string value, MailTexts texts, TimeZoneInfo zone) =>
        name switch
        {
            AccountMails.At => texts.Format(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture), zone),
            AccountMails.Device or AccountMails.IpAddress when value.Length == 0 => texts["Mail.Unknown"],
            AccountMails.Authenticators => List(value, texts),
            _ => value,
        };

    private static string List(string authenticators, MailTexts texts) =>
        authenticators.Length == 0
            ? texts["PasswordReset.None"]
            : string.Join('\n', authenticators.Split('\n').Select(line => $"- {Name(line, texts)}"));

    private static string Name(string authenticator, MailTexts texts) =>
        authenticator switch
        {
            AccountMails.SecondFactor => texts["PasswordReset.SecondFactor"],
            AccountMails.Passkey => texts["PasswordReset.UnnamedPasskey"],
            _ => Fill(texts["PasswordReset.Passkey"], "name", authenticator[AccountMails.Passkey.Length..]),
        };

    private static void AddTasks(
        Dictionary<string, string> values,
        OverdueNotice overdue,
        MailTexts texts,
        TimeZoneInfo zone
    )
    {
        var isOne = overdue.Count == 1;
        var lines = overdue.First.Select(task =>
            $"{task.Title}\n  {Fill(texts["TaskOverdue.DueAt"], "at", texts.Format(task.DueAt, zone))}"
        );
        var others = overdue.Count - overdue.First.Count;
        if (others > 0)
        {
            lines = lines.Append(
                others == 1
                    ? texts["TaskOverdue.OneMore"]
                    : Fill(texts["TaskOverdue.More"], "count", texts.Format(others))
            );
        }

        values["what"] = isOne
            ? overdue.First[0].Title
            : Fill(texts["TaskOverdue.Tasks"], "count", texts.Format(overdue.Count));
        values["lead"] = texts[isOne ? "TaskOverdue.LeadOfOne" : "TaskOverdue.Lead"];
        values["tasks"] = string.Join("\n\n", lines);
    }

    private static string Fill(string text, string name, string value) =>
        MailTexts.Fill(text, new Dictionary<string, string> { [name] = value });
}
