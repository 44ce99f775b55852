using System.Text.Encodings.Web;
using System.Text.Json;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Users;
using Fitnessify.Infrastructure.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Data = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Fitnessify.Infrastructure.Persistence.Configurations;

internal sealed class OutboxMailConfiguration : IEntityTypeConfiguration<OutboxMail>
{
    private const int NameMaxLength = 30;

    // Read by nobody but this.
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // What a mail holds never changes.
    private static readonly ValueComparer<Data> Comparer = new(
        (left, right) => ReferenceEquals(left, right),
        data => data.Count,
        data => data
    );

    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("OutboxMails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.Property(mail => mail.Kind).HasConversion<string>().HasMaxLength(NameMaxLength);
        builder.Property(mail => mail.Status).HasConversion<string>().HasMaxLength(NameMaxLength);
        builder.Property(mail => mail.Address).HasMaxLength(User.EmailMaxLength);
        builder.Property(mail => mail.LastError).HasMaxLength(OutboxMail.LastErrorMaxLength);
        builder
            .Property(mail => mail.Data)
            .HasConversion(
                data => JsonSerializer.Serialize(data, Json),
                text => JsonSerializer.Deserialize<Dictionary<string, string>>(text, Json)!,
                Comparer
            );
        builder.HasOne<AppUser>().WithMany().HasForeignKey(mail => mail.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(mail => mail.Address).HasFilter("Address IS NOT NULL");
        builder.HasIndex(mail => mail.FinishedAt).HasFilter("FinishedAt IS NOT NULL");
        builder.HasIndex(mail => mail.NextAttemptAt).HasFilter("FinishedAt IS NULL");
    }
}
