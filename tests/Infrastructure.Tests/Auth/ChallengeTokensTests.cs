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
    public async Task Says_what_was_written_into_it_until_its_time_is_up()
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
    public async Task Is_worthless_when_it_was_not_issued_here()
    {
        var challengeToken = await IssueAsync(null, null);

        foreach (var text in new[] { "", "x", "A" + challengeToken, challengeToken[..^2], challengeToken + "AA" })
        {
            Assert.That(await ReadAsync(text), Is.Null, text);
        }
    }

    [Test]
    public async Task Works_once()
    {
        var challengeToken = (await ReadAsync(await IssueAsync(null, null)))!;

        Assert.That(await UseAsync(challengeToken), Is.Null);
        Assert.That(await UseAsync(challengeToken), Is.EqualTo(MfaErrors.MfaCodeInvalid));
    }

    [Test]
    public async Task Works_once_for_twenty_at_the_same_time()
    {
        var challengeToken = (await ReadAsync(await IssueAsync(null, null)))!;

        var errors = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => UseAsync(challengeToken))));

        Assert.That(errors.Count(error => error is null), Is.EqualTo(1));
        Assert.That(errors.OfType<Error>(), Is.All.EqualTo(MfaErrors.MfaCodeInvalid));
    }

    [Test]
    public async Task Is_unused_when_what_it_was_used_for_is_not_saved()
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
    public async Task Withdrawn_with_all_others_of_the_user_and_with_nobody_elses()
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
