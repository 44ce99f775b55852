using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>Makes tokens with Data Protection, under a purpose of its own for each kind: the database holds no usable secret.</summary>
internal sealed class AccountTokens(AppDbContext context, UnitOfWork unitOfWork, IDataProtectionProvider dataProtection)
    : IAccountTokens
{
    private const int GuidLength = 16;
    private const int HeadLength = (2 * GuidLength) + sizeof(long);

    // Whoever asks again so soon gets what works as long as the first one does: a stranger who asks must not make the owner's
    // link worthless.
    private static readonly TimeSpan SameFor = TimeSpan.FromMinutes(10);

    public async Task<string?> IssueAsync(
        AccountTokenPurpose purpose,
        Guid userId,
        string address,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var lifetime = LifetimeOf(purpose);
        var again = await context
            .AccountTokens.AsNoTracking()
            .SingleOrDefaultAsync(
                row => row.UserId == userId && row.Purpose == purpose && row.ExpiresAt > now + lifetime - SameFor,
                cancellationToken
            );
        if (again is not null)
        {
            return Protect(again, address);
        }

        var token = new AccountToken
        {
            UserId = userId,
            Purpose = purpose,
            Nonce = Guid.NewGuid(),
            ExpiresAt = now + lifetime,
        };
        while (!await ReplaceAsync(token, cancellationToken) && !await context.TryInsertAsync(token, cancellationToken))
        {
            if (!await context.Accounts.AnyAsync(user => user.Id == userId, cancellationToken))
            {
                return null;
            }

            // Another instance has added the first one between the two.
        }

        return Protect(token, address);
    }

    public async Task<AccountTokenClaim?> RedeemAsync(
        AccountTokenPurpose purpose,
        string token,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (ProtectorOf(purpose).TryUnprotect(token) is not { Length: > HeadLength } payload)
        {
            return null;
        }

        var userId = new Guid(payload.AsSpan(0, GuidLength));
        var nonce = new Guid(payload.AsSpan(GuidLength, GuidLength));
        var expiresAt = BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(2 * GuidLength));
        if (expiresAt <= now.UtcTicks)
        {
            return null;
        }

        var newest = await context.AccountTokens.SingleOrDefaultAsync(
            row => row.UserId == userId && row.Purpose == purpose && row.Nonce == nonce,
            cancellationToken
        );
        if (newest is null)
        {
            return null;
        }

        context.AccountTokens.Remove(newest);
        return new AccountTokenClaim(userId, Encoding.UTF8.GetString(payload.AsSpan(HeadLength)));
    }

    public void WithdrawResets(Guid userId, string? address)
    {
        unitOfWork.Add(token =>
            context
                .AccountTokens.Where(row => row.UserId == userId && row.Purpose == AccountTokenPurpose.ResetPassword)
                .ExecuteDeleteAsync(token)
        );
        if (address is null)
        {
            return;
        }

        unitOfWork.Add(token =>
            context
                .OutboxMails.Where(mail => mail.Kind == MailKind.ResetPassword && mail.FinishedAt == null)
                .Where(AddressedMails.To(address))
                .ExecuteDeleteAsync(token)
        );
    }

    public void WithdrawRequests(Guid userId, string? address)
    {
        WithdrawResets(userId, address);
        WithdrawEmailChange(userId);
    }

    public void WithdrawEmailChange(Guid userId)
    {
        var changing = context.Accounts.Where(account =>
            account.Id == userId
            && account.PendingEmail != null
            && (account.Email == null || !account.Email.EndsWith(PlaceholderAddress.PendingSuffix))
        );
        // The link goes first, while the pending address shows that there is one. Without it, a confirmation at the same moment fails.
        unitOfWork.Add(token =>
            context
                .AccountTokens.Where(row => row.UserId == userId && row.Purpose == AccountTokenPurpose.ConfirmEmail)
                .Where(_ => changing.Any())
                .ExecuteDeleteAsync(token)
        );
        unitOfWork.Add(token =>
            changing.ExecuteUpdateAsync(
                set =>
                    set.SetProperty(account => account.PendingEmail, (string?)null)
                        .SetProperty(account => account.NormalizedPendingEmail, (string?)null),
                token
            )
        );
    }

    private static TimeSpan LifetimeOf(AccountTokenPurpose purpose) =>
        purpose == AccountTokenPurpose.ResetPassword ? TimeSpan.FromMinutes(60) : TimeSpan.FromHours(24);

    private IDataProtector ProtectorOf(AccountTokenPurpose purpose) =>
        dataProtection.CreateProtector($"Fitnessify.AccountToken.{purpose}.v1");

    private string Protect(AccountToken token, string address) =>
        Base64Url.EncodeToString(ProtectorOf(token.Purpose).Protect(Write(token, address)));

    private static byte[] Write(AccountToken token, string address)
    {
        var payload = new byte[HeadLength + Encoding.UTF8.GetByteCount(address)];
        token.UserId.TryWriteBytes(payload);
        token.Nonce.TryWriteBytes(payload.AsSpan(GuidLength));
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(2 * GuidLength), token.ExpiresAt.UtcTicks);
        Encoding.UTF8.GetBytes(address, payload.AsSpan(HeadLength));
        return payload;
    }

    private async Task<bool> ReplaceAsync(AccountToken token, CancellationToken cancellationToken) =>
        await context.WriteAsync(
            () =>
                context
                    .AccountTokens.Where(row => row.UserId == token.UserId && row.Purpose == token.Purpose)
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.Nonce, token.Nonce)
                                .SetProperty(row => row.ExpiresAt, token.ExpiresAt),
                        cancellationToken
                    ),
            cancellationToken
        ) == 1;
}
