using System.Security.Cryptography;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Mfa;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mfa;

/// <summary>What makes a code work once is in the statements: the step is compared and swapped, a recovery code is a row that only one can delete.</summary>
internal sealed class MfaRepository(
    AppDbContext context,
    UnitOfWork unitOfWork,
    AccountLock accountLock,
    ServerSecrets secrets,
    IDataProtectionProvider dataProtection
) : IMfaRepository
{
    private readonly IDataProtector _protector = dataProtection.CreateProtector("Fitnessify.SecondFactor.Seed.v1");

    public async Task<MfaStatus> GetAsync(Guid userId, CancellationToken cancellationToken) =>
        await context
            .Accounts.Where(user => user.Id == userId && user.MfaEnabled)
            .Select(user => new MfaStatus(
                true,
                context
                    .Set<MfaFactor>()
                    .Where(factor => factor.UserId == userId)
                    .Select(factor => factor.ConfirmedAt)
                    .FirstOrDefault(),
                context.Set<RecoveryCodeHash>().Count(code => code.UserId == userId)
            ))
            .SingleOrDefaultAsync(cancellationToken)
        ?? MfaStatus.Off;

    public byte[] Begin(Guid userId)
    {
        var seed = RandomNumberGenerator.GetBytes(Totp.SeedLength);
        unitOfWork.Add(new TotpEnrollmentStep(context, accountLock, userId, _protector.Protect(seed)));
        return seed;
    }

    public async Task<bool> TryConfirmAsync(
        Guid userId,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var factor = await Of(userId).SingleOrDefaultAsync(cancellationToken);
        if (factor is not { ConfirmedAt: null } || !TryUseStep(factor, code, now))
        {
            return false;
        }

        factor.ConfirmedAt = now;
        unitOfWork.Add(token => SetFlagAsync(userId, true, token));
        return true;
    }

    public async Task<bool> TryUseAsync(
        Guid userId,
        MfaCode code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var factor = await Of(userId).SingleOrDefaultAsync(cancellationToken);
        if (factor is not { ConfirmedAt: not null })
        {
            return false;
        }

        return code.RecoveryCode is { } typed
            ? await TryUseRecoveryCodeAsync(userId, typed, cancellationToken)
            : code.Code is not null && TryUseStep(factor, code.Code, now);
    }

    public async Task<IReadOnlyList<string>> ReplaceRecoveryCodesAsync(Guid userId, CancellationToken cancellationToken)
    {
        var codes = RecoveryCodeFormat.Create();
        var key = await secrets.GetRecoveryCodeKeyAsync(cancellationToken);
        var all = context.RecoveryCodes.Where(stored => stored.UserId == userId);
        foreach (var hash in codes.Select(code => RecoveryCodeFormat.Hash(key, userId, code)))
        {
            context.RecoveryCodes.Add(new RecoveryCodeHash { UserId = userId, Hash = hash });
            all = all.Where(stored => stored.Hash != hash);
        }

        // Of two at once, the second waits until the first has committed, and then finds its codes too.
        accountLock.Require(userId);
        var old = all;
        unitOfWork.Add(token => old.ExecuteDeleteAsync(token));
        return codes;
    }

    public void RemoveUnconfirmed(Guid userId) =>
        unitOfWork.Add(token => Of(userId).Where(factor => factor.ConfirmedAt == null).ExecuteDeleteAsync(token));

    public void Remove(Guid userId) =>
        unitOfWork.Add(async token =>
        {
            await Of(userId).ExecuteDeleteAsync(token);
            await context.RecoveryCodes.Where(code => code.UserId == userId).ExecuteDeleteAsync(token);
            await SetFlagAsync(userId, false, token);
        });

    private IQueryable<MfaFactor> Of(Guid userId) => context.MfaFactors.Where(factor => factor.UserId == userId);

    private bool TryUseStep(MfaFactor factor, string code, DateTimeOffset now)
    {
        if (Totp.FindStep(_protector.Unprotect(factor.Seed), code, factor.LastUsedStep, now) is not { } step)
        {
            return false;
        }

        factor.LastUsedStep = step;
        return true;
    }

    private async Task<bool> TryUseRecoveryCodeAsync(Guid userId, string typed, CancellationToken cancellationToken)
    {
        var hash = RecoveryCodeFormat.Hash(await secrets.GetRecoveryCodeKeyAsync(cancellationToken), userId, typed);
        var stored = await context.RecoveryCodes.SingleOrDefaultAsync(
            code => code.UserId == userId && code.Hash == hash,
            cancellationToken
        );
        if (stored is null)
        {
            return false;
        }

        context.RecoveryCodes.Remove(stored);
        return true;
    }

    private Task<int> SetFlagAsync(Guid userId, bool isEnabled, CancellationToken cancellationToken) =>
        context
            .Accounts.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(user => user.MfaEnabled, isEnabled)
                        .SetProperty(user => user.SecurityStamp, Account.NewStamp()),
                cancellationToken
            );
}
