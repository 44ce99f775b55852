using System.Globalization;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Turns the values of a mail, which are in no language, into those that its recipient reads.</summary>
internal static class MailValues
{
    public static Dictionary<string, string> Of(MailDraft draft, MailTexts texts)
    {
        var zone = TimeZoneExtensions.FindOrUtc(draft.Recipient.TimeZone);
        var values = draft.Values.ToDictionary(value => value.Key, value => Read(value.Key, value.Value, texts, zone));
        if (draft.Tasks is { } tasks)
        {
            AddTasks(values, tasks, texts, zone);
        }

        return values;
    }

    private static string Read(string name, string value, MailTexts texts, TimeZoneInfo zone) =>
        name switch
        {
            AccountMails.At => texts.Format(DateTimeOffset.Parse(value, CultureInfo.InvariantCulture), zone),
            AccountMails.Device or AccountMails.IpAddress when value.Length == 0 => texts["Mail.Unknown"],
            AccountMails.Provider => NameOf(value),
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
            _ when authenticator.StartsWith(AccountMails.Identity, StringComparison.Ordinal) => Fill(
                texts["PasswordReset.Identity"],
                "provider",
                NameOf(authenticator[AccountMails.Identity.Length..])
            ),
            _ => Fill(texts["PasswordReset.Passkey"], "name", authenticator[AccountMails.Passkey.Length..]),
        };

    // The names of companies are the same in every language, so they are not among the texts.
    private static string NameOf(string provider) =>
        provider switch
        {
            IdentityProvider.Apple => "Apple",
            IdentityProvider.Google => "Google",
            _ => provider,
        };

    private static void AddTasks(
        Dictionary<string, string> values,
        DueNotice notice,
        MailTexts texts,
        TimeZoneInfo zone
    )
    {
        var lines = notice.First.Select(task =>
            $"{task.Title}\n  {Fill(texts["TasksDue.DueAt"], "at", When(task, texts, zone))}"
        );
        var others = notice.Count - notice.First.Count;
        if (others > 0)
        {
            lines = lines.Append(
                others == 1 ? texts["TasksDue.OneMore"] : Fill(texts["TasksDue.More"], "count", texts.Format(others))
            );
        }

        var (state, number) = (notice.IsOverdue ? "Overdue" : "Due", notice.Count == 1 ? "One" : "Several");
        values["state"] = texts[$"TasksDue.{state}"];
        values["what"] =
            notice.Count == 1
                ? notice.First[0].Title
                : Fill(texts["TasksDue.Tasks"], "count", texts.Format(notice.Count));
        values["lead"] = texts[$"TasksDue.{number}{state}"];
        values["tasks"] = string.Join("\n\n", lines);
    }

    private static string When(DueNoticeTask task, MailTexts texts, TimeZoneInfo zone) =>
        task.AllDay is { } date ? texts.Format(date) : texts.Format(task.DueAt, zone);

    private static string Fill(string text, string name, string value) =>
        MailTexts.Fill(text, new Dictionary<string, string> { [name] = value });
}
