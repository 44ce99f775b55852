using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Lists;

/// <summary>The names of the keys that a client's choice of an id can violate.</summary>
internal static class ListIndexes
{
    public const string PrimaryKey = "PK_Lists";
    public const string UniqueId = "IX_Lists_Id";
}

internal sealed class TaskListConfiguration : IEntityTypeConfiguration<TaskList>
{
    public void Configure(EntityTypeBuilder<TaskList> builder)
    {
        builder.ToTable("Lists");
        builder.HasKey(list => new { list.OwnerId, list.Id });
        builder.HasIndex(list => list.Id).IsUnique().HasDatabaseName(ListIndexes.UniqueId);
        builder.HasOne<Account>().WithMany().HasForeignKey(list => list.OwnerId).OnDelete(DeleteBehavior.Cascade);

        builder.Property(list => list.Name).HasMaxLength(TaskList.NameMaxLength);
        builder.Property(list => list.Color).HasMaxLength(TaskList.ColorLength);
        builder.Property(list => list.Position).HasMaxLength(Positions.MaxLength).ComparesBytewise();
        builder.Property(list => list.Version).IsConcurrencyToken();
        builder.Ignore(list => list.Fields);

        builder.HasIndex(list => new { list.OwnerId, list.Version });
        // The lists of tasks leave out what is in these.
        builder
            .HasIndex(
                list => new
                {
                    list.OwnerId,
                    list.Id,
                    list.ArchivedAt,
                },
                "IX_Lists_Archived"
            )
            .HasFilter("ArchivedAt IS NOT NULL");
        builder.HasIndex(list => list.EmptyThrough, "IX_Lists_EmptyThrough").HasFilter("EmptyThrough IS NOT NULL");
        builder.HasIndex(list => list.DeletedAt, "IX_Lists_DeletedAt").HasFilter("DeletedAt IS NOT NULL");
    }
}
