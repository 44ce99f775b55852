using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Domain.Tasks;

/// <summary>What the dates of a recurrence are counted from.</summary>
public enum RecurrenceFrom
{
    /// <summary>The date of the task, so that the dates are fixed.</summary>
    Due,

    /// <summary>The day on which the task was done or skipped.</summary>
    Completion,
}

/// <summary>How a task repeats.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="From">What its dates are counted from.</param>
public sealed record Recurrence(RecurrenceRule Rule, RecurrenceFrom From)
{
    private const char Separator = ' ';

    /// <summary>The longest result of <see cref="ToString"/>.</summary>
    public const int MaxLength = 11 + RecurrenceRule.MaxLength;

    /// <summary>Returns the id of the task of a series for a date: UUIDv5 of the date as text (RFC 9562, 5.5), so that clients can predict it.</summary>
    /// <param name="seriesId">The id of the series, which is the namespace.</param>
    /// <param name="date">The date.</param>
    public static Guid IdOf(Guid seriesId, DateOnly date)
    {
        Span<byte> named = stackalloc byte[16 + Due.DateFormat.Length];
        seriesId.TryWriteBytes(named, bigEndian: true, out _);
        Encoding.ASCII.GetBytes(Due.Format(date), named[16..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // UUIDv5 is defined with SHA-1, and needs no resistance against collisions here.
        SHA1.HashData(named, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Returns what <see cref="ToString"/> has made.</summary>
    public static Recurrence Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf(Separator, StringComparison.Ordinal);
        return new Recurrence(RecurrenceRule.OfText(text[(at + 1)..]), Enum.Parse<RecurrenceFrom>(text[..at]));
    }

    /// <summary>Returns the recurrence as one text, such as <c>Due FREQ=DAILY</c>.</summary>
    public override string ToString() => $"{From}{Separator}{Rule}";

    /// <summary>
    /// Returns when the series goes on: on the first date of the rule after the present one and not before the day of the completion,
    /// or counted from that day.
    /// </summary>
    /// <param name="occurrence">The date for which the present task stands.</param>
    /// <param name="day">The day on which it was done or skipped, where the person was.</param>
    /// <param name="rules">Evaluates the rule.</param>
    public NextDate After(DateOnly occurrence, DateOnly day, IRecurrenceRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        if (Rule.Count == 1)
        {
            return default;
        }

        if (From == RecurrenceFrom.Completion)
        {
            var later = day > occurrence ? day : occurrence;
            return new NextDate(FirstAfter(day, later), HasMissed: false);
        }

        return day > occurrence
            ? new NextDate(FirstAfter(occurrence, day.AddDays(-1)), FirstAfter(occurrence, occurrence) < day)
            : new NextDate(FirstAfter(occurrence, occurrence), HasMissed: false);

        DateOnly? FirstAfter(DateOnly anchor, DateOnly date) =>
            rules.DatesAfter(Rule, anchor, date).Select(found => (DateOnly?)found).FirstOrDefault();
    }
}

/// <summary>When a series goes on.</summary>
/// <param name="Date">The date of its next task; null if it ends.</param>
/// <param name="HasMissed">Whether dates of the rule before it have passed without a task.</param>
public readonly record struct NextDate(DateOnly? Date, bool HasMissed);

/// <summary>Evaluates the rules of recurrences.</summary>
public interface IRecurrenceRules
{
    /// <summary>The search for the next date ends after so many years.</summary>
    const int MaxYears = 10;

    /// <summary>
    /// Enumerates the dates of a rule in order, each computed when it is asked for. The count of the rule is not considered, because
    /// it limits the tasks of a series, and not its dates.
    /// </summary>
    /// <param name="rule">The rule.</param>
    /// <param name="anchor">The date from which the rule counts (DTSTART in RFC 5545).</param>
    /// <param name="after">The dates are later than this one, and at most <see cref="MaxYears"/> years later.</param>
    IEnumerable<DateOnly> DatesAfter(RecurrenceRule rule, DateOnly anchor, DateOnly after);
}
