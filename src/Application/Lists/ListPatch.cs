using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using FluentValidation;

namespace Fitnessify.Application.Lists;

/// <summary>A merge patch of a list (RFC 7396): absent keeps, null clears what can be null, a value replaces.</summary>
/// <param name="Name">1 to 100 characters; cannot be cleared.</param>
/// <param name="Color">#rrggbb; null clears.</param>
/// <param name="Position">Its place among the lists, 1 to 64 of 0-9A-Za-z without a 0 at the end; null sorts it by its creation.</param>
/// <param name="ArchivedAt">When it was archived, with any offset; null takes it out of the archive.</param>
public sealed record ListPatch(
    Optional<string?> Name,
    Optional<string?> Color,
    Optional<string?> Position,
    Optional<DateTimeOffset?> ArchivedAt
)
{
    /// <summary>1 to 100 characters; cannot be cleared.</summary>
    public Optional<string?> Name
    {
        get;
        init => field = value.Select(PastedText.OneLine);
    } = Name.Select(PastedText.OneLine);

    internal ListFields ApplyTo(ListFields fields) =>
        new(
            Name.IsPresent ? Name.Value! : fields.Name,
            Color.IsPresent ? Color.Value : fields.Color,
            Position.IsPresent ? Position.Value : fields.Position,
            ArchivedAt.IsPresent ? ArchivedAt.Value : fields.ArchivedAt
        );
}

internal sealed class ListPatchValidator : RequestValidator<ListPatch>
{
    public ListPatchValidator()
    {
        RuleFor(list => list.Name.Value).Name().OverridePropertyName("Name").When(list => list.Name.IsPresent);
        RuleFor(list => list.Color.Value).Color().OverridePropertyName("Color");
        RuleFor(list => list.Position.Value).Position().OverridePropertyName("Position");
    }
}
