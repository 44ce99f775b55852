using System.Globalization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>Stores reminders as numbers with commas between them. Unlike EF Core's own lists, none allocate nothing.</summary>
internal sealed class RemindersConverter()
    : ValueConverter<IReadOnlyList<int>, string>(reminders => Write(reminders), text => Read(text))
{
    internal static string Write(IReadOnlyList<int> reminders) => string.Join(',', reminders);

    internal static IReadOnlyList<int> Read(string text) =>
        text.Length == 0
            ? []
            : [.. text.Split(',').Select(minutes => int.Parse(minutes, CultureInfo.InvariantCulture))];
}

/// <summary>Compares reminders by their values; no code changes a list of them.</summary>
internal sealed class RemindersComparer()
    : ValueComparer<IReadOnlyList<int>>(
        (left, right) => left!.SequenceEqual(right!),
        reminders => reminders.Count,
        reminders => reminders
    );
