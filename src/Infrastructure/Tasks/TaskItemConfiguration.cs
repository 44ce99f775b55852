using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>What is stored of a task besides its own members, so that each list is a range of an index.</summary>
internal static class TaskColumns
{
    public const string PrimaryKey = "PK_Tasks";
    public const string UniqueId = "IX_Tasks_Id";
    public const string Position = "IX_Tasks_Position";

    /// <summary>The field that holds the labels.</summary>
    public const string Labels = "_labels";

    /// <summary>The field that holds how the task repeats.</summary>
    public const string Recurrence = "_recurrence";

    /// <summary>The labels as they are compared.</summary>
    public const string LabelKeys = nameof(LabelKeys);

    /// <summary>The position and the id as one text: the order by position, on every database alike.</summary>
    public const string PositionKey = nameof(PositionKey);

    /// <summary>Title and description as a search compares them, on every database alike.</summary>
    public const string SearchText = nameof(SearchText);

    /// <summary>The title in capitals.</summary>
    public const string TitleKey = nameof(TitleKey);

    public const string InTrash = "DeletedAt IS NOT NULL";
    public const string NotInTrash = "DeletedAt IS NULL";
    public const string InSeries = "SeriesId IS NOT NULL";

    /// <summary>Returns the position and the id as one text. A space comes before all characters of a position.</summary>
    public static string PositionKeyOf(TaskItem task) => $"{task.Position} {task.Id}";

    /// <summary>Sets them from the task.</summary>
    public static void Fill(EntityEntry<TaskItem> entry)
    {
        var task = entry.Entity;
        entry.Property(PositionKey).CurrentValue = PositionKeyOf(task);
        entry.Property(LabelKeys).CurrentValue = TaskItem.JoinLabels(task.Labels.Select(TextKeys.Fold));
        entry.Property(TitleKey).CurrentValue = task.Title.ToUpperInvariant();
        entry.Property(SearchText).CurrentValue = TextKeys.FoldWithoutAccents($"{task.Title}\n{task.Description}");
    }
}

internal sealed class TaskItemConfiguration : IEntityTypeConfiguration<TaskItem>
{
    private const int PositionKeyMaxLength = Positions.MaxLength + 1 + 36;

    // Numbers of five digits, and commas.
    private const int RemindersMaxLength = TaskItem.RemindersMaxCount * 6;

    private const int LabelsMaxLength = TaskItem.LabelsMaxCount * (TaskItem.LabelMaxLength + 2);

    public void Configure(EntityTypeBuilder<TaskItem> builder)
    {
        builder.ToTable("Tasks");
        // By owner first: what one person reads lies together, whatever others write (see docs/decisions).
        builder.HasKey(task => new { task.OwnerId, task.Id });
        builder.HasIndex(task => task.Id).IsUnique().HasDatabaseName(TaskColumns.UniqueId);
        builder.HasOne<Account>().WithMany().HasForeignKey(task => task.OwnerId).OnDelete(DeleteBehavior.Cascade);

        builder.Property(task => task.Title).HasMaxLength(TaskItem.TitleMaxLength);
        builder.Property(task => task.Description).HasMaxLength(TaskItem.DescriptionMaxLength);
        builder.Property(task => task.Version).IsConcurrencyToken();
        builder.Ignore(task => task.Labels);
        builder
            .Property<string>(TaskColumns.Labels)
            .HasColumnName("Labels")
            .HasMaxLength(LabelsMaxLength)
            .ComparesBytewise();
        builder.Ignore(task => task.Fields);
        // Compatibility forms can be many times as long as what they stand for.
        builder.Property<string>(TaskColumns.LabelKeys).IsRequired();
        builder.Property(task => task.Position).HasMaxLength(Positions.MaxLength).ComparesBytewise();
        builder
            .Property<string>(TaskColumns.PositionKey)
            .HasMaxLength(PositionKeyMaxLength)
            .IsRequired()
            .ComparesBytewise();
        builder.Property(task => task.Checklist).HasConversion<ChecklistConverter>();
        builder.Property(task => task.Due).HasConversion<DueConverter>().HasMaxLength(Due.MaxLength);
        builder.Ignore(task => task.Recurrence);
        builder.Ignore(task => task.ClosedOn);
        builder
            .Property<Recurrence?>(TaskColumns.Recurrence)
            .HasColumnName("Recurrence")
            .HasConversion<RecurrenceConverter>()
            .HasMaxLength(Recurrence.MaxLength);
        // Reopening an earlier task changes it, which is no change of this task, and so has no version.
        builder.Property(task => task.Streak).IsConcurrencyToken();
        builder.Property(task => task.DueTimeZone).HasMaxLength(Account.TimeZoneMaxLength);
        builder
            .Property(task => task.Reminders)
            .HasConversion<RemindersConverter, RemindersComparer>()
            .HasMaxLength(RemindersMaxLength);
        // Each alert changes it, so that an alert is raised only once, and no other change of the task overwrites it.
        builder.Property(task => task.Alerts).HasConversion<TaskAlertsConverter>().IsConcurrencyToken();
        builder
            .Property<string>(TaskColumns.TitleKey)
            .HasMaxLength(TaskItem.TitleMaxLength)
            .IsRequired()
            .ComparesBytewise();
        builder.Property<string>(TaskColumns.SearchText).IsRequired().ComparesBytewise();

        // This index is unique, so that the databases know that a further sort key changes nothing.
        Sortable(builder, "Version", nameof(TaskItem.Version)).IsUnique();
        // The list is in them, so that they alone tell which tasks a page skips.
        Sortable(
            builder,
            "CreatedAt",
            nameof(TaskItem.CreatedAt),
            nameof(TaskItem.CreatedVersion),
            nameof(TaskItem.ListId)
        );
        Sortable(builder, "DueAt", nameof(TaskItem.DueAt), nameof(TaskItem.CreatedVersion), nameof(TaskItem.ListId));
        Sortable(builder, "Priority", nameof(TaskItem.Priority), nameof(TaskItem.CreatedVersion));
        Sortable(builder, "TitleKey", TaskColumns.TitleKey, nameof(TaskItem.CreatedVersion));
        Sortable(builder, "Position", TaskColumns.PositionKey).IsUnique();
        Sortable(builder, "ListId", nameof(TaskItem.ListId), TaskColumns.PositionKey, nameof(TaskItem.CreatedVersion));
        builder
            .HasIndex(task => new { task.OwnerId, task.Version }, "IX_Tasks_Trash")
            .IsUnique()
            .HasFilter(TaskColumns.InTrash);
        builder
            .HasIndex(
                task => new
                {
                    task.OwnerId,
                    task.Status,
                    task.Priority,
                    task.ListId,
                    task.DueAt,
                    // Only that the index alone answers: databases do not conclude it from the filter.
                    task.DeletedAt,
                },
                "IX_Tasks_Summary"
            )
            .HasFilter(TaskColumns.NotInTrash);
        // The trash is in it, because a closed task stays in the history. The streak is in it for the longest one.
        builder
            .HasIndex(
                task => new
                {
                    task.OwnerId,
                    task.SeriesId,
                    task.Occurrence,
                    task.Streak,
                },
                "IX_Tasks_Series"
            )
            .HasFilter(TaskColumns.InSeries);
        Sortable(
                builder,
                "SeriesCreatedAt",
                nameof(TaskItem.SeriesId),
                nameof(TaskItem.CreatedAt),
                nameof(TaskItem.CreatedVersion)
            )
            .HasFilter($"{TaskColumns.NotInTrash} AND {TaskColumns.InSeries}");
        builder
            .HasIndex(task => task.NextAlertAt, "IX_Tasks_NextAlertAt")
            .HasFilter($"{nameof(TaskItem.NextAlertAt)} IS NOT NULL");
        builder.HasIndex(task => task.DeletedAt, "IX_Tasks_DeletedAt").HasFilter(TaskColumns.InTrash);
    }

    // These are indexes of the owner's tasks that are not in the trash.
    private static IndexBuilder<TaskItem> Sortable(
        EntityTypeBuilder<TaskItem> builder,
        string name,
        params string[] keys
    ) => builder.HasIndex([nameof(TaskItem.OwnerId), .. keys], $"IX_Tasks_{name}").HasFilter(TaskColumns.NotInTrash);
}
