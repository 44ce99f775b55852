using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

/// <summary>Rules whose dates are so many days apart, whatever they say; with 0, there is none.</summary>
internal sealed class EveryDays(int days) : IRecurrenceRules
{
    public IEnumerable<DateOnly> DatesAfter(RecurrenceRule rule, DateOnly anchor, DateOnly after)
    {
        for (var date = anchor; days > 0; date = date.AddDays(days))
        {
            if (date > after)
            {
                yield return date;
            }
        }
    }
}
