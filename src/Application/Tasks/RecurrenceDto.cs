using AutoMapper;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>How a task repeats.</summary>
/// <param name="Rule">An RRULE of days or longer (RFC 5545, 3.3.10), in capitals.</param>
/// <param name="From">Whether its dates are fixed, or counted from the day of the completion.</param>
public sealed record RecurrenceDto(string Rule, RecurrenceFrom From)
{
    private sealed class Map : Profile
    {
        // The parameter is null for a task that does not repeat.
        public Map() => CreateMap<Recurrence, RecurrenceDto?>().ConvertUsing(recurrence => Of(recurrence));
    }

    private static RecurrenceDto? Of(Recurrence? recurrence) =>
        recurrence is null ? null : new RecurrenceDto(recurrence.Rule.Text, recurrence.From);
}
