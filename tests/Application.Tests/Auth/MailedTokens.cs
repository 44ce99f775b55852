using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>One token that works, if any does: whoever brings it at the time of the tests for this purpose gets its claim.</summary>
internal sealed class MailedTokens(Ports ports, AccountTokenPurpose purpose) : IAccountTokens
{
    public const string Token = "mailed token";

    public AccountTokenClaim? Claim { get; set; }

    public Task<string?> IssueAsync(
        AccountTokenPurpose purpose,
        Guid userId,
        string address,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("Tokens are issued when mails are sent.");

    public Task<AccountTokenClaim?> RedeemAsync(
        AccountTokenPurpose asked,
        string token,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ports.Steps.Add("redeem");
        return Task.FromResult((asked, token, now) == (purpose, Token, Given.Now) ? Claim : null);
    }
}
