using System.Security.Cryptography;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Fitnessify.Infrastructure.Push;

/// <summary>The names that violations go by.</summary>
internal static class DeviceIndexes
{
    public const string PrimaryKey = "PK_Devices";
    public const string Address = "IX_Devices_Address";
}

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    private const int PlatformMaxLength = 10;

    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("Devices");
        builder.HasKey(device => new { device.OwnerId, device.Id }).HasName(DeviceIndexes.PrimaryKey);
        builder.Property(device => device.Platform).HasConversion<string>().HasMaxLength(PlatformMaxLength);
        builder.Property(device => device.Address).HasMaxLength(PushAddress.ValueMaxLength);
        builder.Property(device => device.AddressHash).HasMaxLength(SHA256.HashSizeInBytes);
        builder.Property(device => device.P256dh).HasMaxLength(WebPushKeys.MaxLength);
        builder.Property(device => device.Auth).HasMaxLength(WebPushKeys.MaxLength);
        builder.Property(device => device.Locale).HasMaxLength(Account.LocaleMaxLength);
        builder.Ignore(device => device.Service);
        builder.Ignore(device => device.AcceptsSilentMessages);
        builder.HasIndex(device => device.AddressHash).IsUnique().HasDatabaseName(DeviceIndexes.Address);
        builder.HasOne<Session>().WithMany().HasForeignKey(device => device.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
