using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Auth;

public sealed class ChallengeTokensTests : IAsyncDisposable
{
    private const ChallengePurpose Code = ChallengePurpose.SignInCode;

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task A_challenge_token_returns_its_content_until_it_expires()
    {
        var user = await _server.SignUpAsync();
        var challengeToken = await IssueAsync(user.Id, "Tablet");
        _server.Clock.Advance(ChallengeToken.Lifetime - TimeSpan.FromMilliseconds(1));

        var read = await ReadAsync(challengeToken);

        Assert.That((read!.UserId, read.Content), Is.EqualTo((user.Id, "Tablet")));
        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await ReadAsync(challengeToken), Is.Null, "Five minutes have passed.");
    }

    [Test]
    public async Task A_challenge_token_of_another_server_is_invalid()
    {
        var challengeToken = await IssueAsync(null, null);

        foreach (var text in new[] { "", "x", "A" + challengeToken, challengeToken[..^2], challengeToken + "AA" })
        {
            Assert.That(await ReadAsync(text), Is.Null, text);
        }
    }

    [Test]
    public async Task A_challenge_token_works_once()
    {
        var challengeToken = (await ReadAsync(await IssueAsync(null, null)))!;

        Assert.That(await UseAsync(challengeToken), Is.Null);
        Assert.That(await UseAsync(challengeToken), Is.EqualTo(MfaErrors.MfaCodeInvalid));
    }

    [Test]
    public async Task One_of_twenty_concurrent_uses_of_a_challenge_token_succeeds()
    {
        var challengeToken = (await ReadAsync(await IssueAsync(null, null)))!;

        var errors = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => UseAsync(challengeToken))));

        Assert.That(errors.Count(error => error is null), Is.EqualTo(1));
        Assert.That(errors.OfType<Error>(), Is.All.EqualTo(MfaErrors.MfaCodeInvalid));
    }

    [Test]
    public async Task A_challenge_token_stays_unused_when_the_save_fails()
    {
        var challengeToken = (await ReadAsync(await IssueAsync(null, null)))!;

        await _server.UseAsync(
            (IServiceProvider services) =>
            {
                services.GetRequiredService<IChallengeTokens>().Use(challengeToken);
                return Task.FromResult(true);
            }
        );

        Assert.That(await UseAsync(challengeToken), Is.Null);
    }

    [Test]
    public async Task Withdrawing_invalidates_all_challenge_tokens_of_only_one_user()
    {
        var (user, other) = (await _server.SignUpAsync(), await _server.SignUpAsync());
        var own = (await ReadAsync(await IssueAsync(user.Id, null)))!;
        var foreign = (await ReadAsync(await IssueAsync(other.Id, null)))!;

        await _server.UseAsync(
            async (IServiceProvider services) =>
            {
                services.GetRequiredService<IChallengeTokens>().Withdraw(user.Id);
                return await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
            }
        );

        Assert.That(await UseAsync(own), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await UseAsync(foreign), Is.Null);
    }

    private Task<string> IssueAsync(Guid? userId, string? content) =>
        _server.UseAsync(
            async (IServiceProvider services) =>
            {
                var challengeToken = services
                    .GetRequiredService<IChallengeTokens>()
                    .Issue(Code, userId, content, _server.Clock.Now())
                    .Text;
                await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
                return challengeToken;
            }
        );

    private Task<ChallengeToken?> ReadAsync(string challengeToken) =>
        _server.UseAsync(
            (IServiceProvider services) =>
                Task.FromResult(
                    services.GetRequiredService<IChallengeTokens>().Read(Code, challengeToken, _server.Clock.Now())
                )
        );

    private Task<Error?> UseAsync(ChallengeToken challengeToken) =>
        _server.UseAsync(
            async (IServiceProvider services) =>
            {
                services.GetRequiredService<IChallengeTokens>().Use(challengeToken);
                var saved = await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(CancellationToken.None);
                return saved.IsSuccess ? null : saved.Error;
            }
        );
}
