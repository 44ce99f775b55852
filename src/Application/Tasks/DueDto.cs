using AutoMapper;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>When a task is due, as a person says it.</summary>
/// <param name="Date">yyyy-MM-dd.</param>
/// <param name="Time">HH:mm, with :ss and .fff where they are not zero; null for all day.</param>
/// <param name="TimeZone">IANA name; null for wherever the user is.</param>
public sealed record DueDto(string Date, string? Time, string? TimeZone)
{
    private sealed class Map : Profile
    {
        // The parameter is null for a task without a due.
        public Map() => CreateMap<Due, DueDto?>().ConvertUsing(due => Of(due));
    }

    private static DueDto? Of(Due? due) =>
        due is null
            ? null
            : new DueDto(Due.Format(due.Date), due.Time is { } time ? Due.Format(time) : null, due.TimeZone);
}
