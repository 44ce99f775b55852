using System.Buffers.Text;
using System.Text.Json;
using Fitnessify.Domain.Auth;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>There is one for each challenge token that was not used yet.</summary>
internal sealed class UnusedChallengeToken
{
    /// <summary>Random; also in the challenge token.</summary>
    public required Guid Id { get; init; }

    public required ChallengePurpose Purpose { get; init; }

    public required Guid? UserId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What a challenge token says is protected in it, under a purpose of its own for each kind; the database holds only that it was not used.</summary>
internal sealed class ChallengeTokens(
    AppDbContext context,
    UnitOfWork unitOfWork,
    IDataProtectionProvider dataProtection
) : IChallengeTokens
{
    public IssuedChallengeToken Issue(ChallengePurpose purpose, Guid? userId, string? content, DateTimeOffset now)
    {
        var unused = new UnusedChallengeToken
        {
            Id = Guid.NewGuid(),
            Purpose = purpose,
            UserId = userId,
            ExpiresAt = now + ChallengeToken.LifetimeOf(purpose),
        };
        context.UnusedChallengeTokens.Add(unused);
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Payload(unused.Id, userId, content, unused.ExpiresAt));
        return new IssuedChallengeToken(unused.Id, Base64Url.EncodeToString(ProtectorOf(purpose).Protect(payload)));
    }

    public ChallengeToken? Read(ChallengePurpose purpose, string challengeToken, DateTimeOffset now) =>
        ProtectorOf(purpose).TryUnprotect(challengeToken) is { } bytes
        && JsonSerializer.Deserialize<Payload>(bytes) is { } payload
        && payload.ExpiresAt > now
            ? new ChallengeToken(payload.Id, purpose, payload.UserId, payload.Content)
            : null;

    public Task<bool> IsUnusedAsync(Guid id, CancellationToken cancellationToken) =>
        context.UnusedChallengeTokens.AnyAsync(unused => unused.Id == id, cancellationToken);

    public void Use(ChallengeToken challengeToken)
    {
        var unused = new UnusedChallengeToken
        {
            Id = challengeToken.Id,
            Purpose = challengeToken.Purpose,
            UserId = challengeToken.UserId,
            ExpiresAt = default,
        };
        // When there is no such row any more, the save says so.
        context.UnusedChallengeTokens.Remove(unused);
    }

    public void Withdraw(Guid userId) =>
        unitOfWork.Add(token =>
            context
                .UnusedChallengeTokens.Where(challengeToken => challengeToken.UserId == userId)
                .ExecuteDeleteAsync(token)
        );

    private IDataProtector ProtectorOf(ChallengePurpose purpose) =>
        dataProtection.CreateProtector($"Fitnessify.ChallengeToken.{purpose}.v1");

    private sealed record Payload(Guid Id, Guid? UserId, string? Content, DateTimeOffset ExpiresAt);
}
