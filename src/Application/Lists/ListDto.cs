using AutoMapper;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Lists;

/// <summary>A list of tasks.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Color">#rrggbb, or null.</param>
/// <param name="Position">Its place among the lists: compared byte by byte, then by id.</param>
/// <param name="ArchivedAt">UTC; null unless it is archived. The tasks of an archived list show only where the list is asked for.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC; the last change of the list itself.</param>
/// <param name="Version">Its ETag, and its place among the owner's changes.</param>
public sealed record ListDto(
    Guid Id,
    string Name,
    string? Color,
    string Position,
    DateTimeOffset? ArchivedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version
)
{
    private sealed class Map : Profile
    {
        public Map() => CreateMap<TaskList, ListDto>();
    }
}
