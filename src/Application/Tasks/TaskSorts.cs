using System.Collections.Frozen;
using System.Text.Json;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>The orders that a client can request.</summary>
internal static class TaskSorts
{
    private static readonly FrozenDictionary<string, TaskSort> ByName = Enum.GetValues<TaskSortKey>()
        .SelectMany(key => new[] { new TaskSort(key, false), new TaskSort(key, true) })
        .ToFrozenDictionary(sort =>
            (sort.IsDescending ? "-" : "") + JsonNamingPolicy.CamelCase.ConvertName(sort.Key.ToString())
        );

    public static TaskSort? TryParse(string name) => ByName.TryGetValue(name, out var sort) ? sort : null;
}
