using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Columns that are compared byte by byte on every database, because what is written there is normalised.</summary>
internal static class CollationExtensions
{
    public static void CompareBytewise(this ModelBuilder builder, string? collation)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (
                property.Name.StartsWith("Normalized", StringComparison.Ordinal)
                || property.Name is TaskColumns.TitleKey or TaskColumns.SearchText or TaskColumns.Labels
            )
            {
                property.SetCollation(collation);
            }
        }
    }
}
