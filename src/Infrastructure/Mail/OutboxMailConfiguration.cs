using System.Text.Encodings.Web;
using System.Text.Json;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Data = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Converts the data of a mail to JSON. The class is not private, because the compiled model calls it.</summary>
internal static class OutboxMailData
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Data data) => JsonSerializer.Serialize(data, Json);

    public static Data Read(string text) => JsonSerializer.Deserialize<Dictionary<string, string>>(text, Json)!;
}

internal sealed class OutboxMailConfiguration : IEntityTypeConfiguration<OutboxMail>
{
    private const int NameMaxLength = 30;

    // The data of a mail never changes.
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
        builder.Property(mail => mail.Address).HasMaxLength(Account.EmailMaxLength);
        builder.Property(mail => mail.LastError).HasMaxLength(OutboxMail.LastErrorMaxLength);
        builder
            .Property(mail => mail.Data)
            .HasConversion(data => OutboxMailData.Write(data), text => OutboxMailData.Read(text), Comparer);
        builder.Ignore(mail => mail.PostponedFrom);
        builder.HasOne<Account>().WithMany().HasForeignKey(mail => mail.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(mail => mail.Address).HasFilter("Address IS NOT NULL");
        builder.HasIndex(mail => mail.FinishedAt).HasFilter("FinishedAt IS NOT NULL");
        builder.HasIndex(mail => new { mail.CanWait, mail.NextAttemptAt }).HasFilter("FinishedAt IS NULL");
    }
}
