using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Lists;

/// <summary>A list as a client writes it.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Color">#rrggbb, or null.</param>
/// <param name="Position">Its place among the lists, 1 to 64 of 0-9A-Za-z without a 0 at the end; null to sort it by its creation.</param>
/// <param name="ArchivedAt">When it was archived, with any offset; null if it is not.</param>
public sealed record ListInput(
    string Name,
    string? Color = null,
    string? Position = null,
    DateTimeOffset? ArchivedAt = null
)
{
    /// <summary>1 to 100 characters.</summary>
    public string Name
    {
        get;
        init => field = PastedText.OneLine(value);
    } = PastedText.OneLine(Name);

    internal ListFields ToFields() => new(Name, Color, Position, ArchivedAt);
}

internal sealed class ListInputValidator : RequestValidator<ListInput>
{
    public ListInputValidator()
    {
        RuleFor(list => list.Name).Name();
        RuleFor(list => list.Color).Color();
        RuleFor(list => list.Position).Position();
    }
}
