using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Columns that every database compares byte by byte, because what is written there is normalized.</summary>
internal static class CollationExtensions
{
    private const string Annotation = "Fitnessify:ComparesBytewise";

    /// <summary>Has the column of the property compared byte by byte.</summary>
    public static PropertyBuilder<T> ComparesBytewise<T>(this PropertyBuilder<T> property) =>
        property.HasAnnotation(Annotation, true);

    /// <summary>Gives those columns the collation of the provider.</summary>
    public static void ApplyBytewiseCollation(this ModelBuilder builder, string? collation)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
        {
            if (property.RemoveAnnotation(Annotation) is not null)
            {
                property.SetCollation(collation);
            }
        }
    }
}
