using Fitnessify.Application.Auth;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Auth;

public sealed class AccountTokensTests : IAsyncDisposable
{
    private const AccountTokenPurpose Confirm = AccountTokenPurpose.ConfirmEmail;
    private const AccountTokenPurpose Reset = AccountTokenPurpose.ResetPassword;
    private const string NewPassword = "correct horse battery staple";

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [TestCase(Confirm, 24 * 60)]
    [TestCase(Reset, 60)]
    public async Task A_token_works_once_until_it_expires_and_contains_user_and_address(
        AccountTokenPurpose purpose,
        int minutes
    )
    {
        var user = await _server.SignUpAsync();
        var token = await IssueAsync(user, purpose);
        _server.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromMilliseconds(1));

        Assert.That(await RedeemAsync(token, purpose), Is.EqualTo(new AccountTokenClaim(user.Id, user.Email!)));

        Assert.That(await RedeemAsync(token, purpose), Is.Null, "It is used up.");
    }

    [TestCase(Confirm, 24 * 60)]
    [TestCase(Reset, 60)]
    public async Task A_token_does_not_work_from_its_expiry_on(AccountTokenPurpose purpose, int minutes)
    {
        var token = await IssueAsync(await _server.SignUpAsync(), purpose);
        _server.Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.That(await RedeemAsync(token, purpose), Is.Null);
    }

    [Test]
    public async Task Only_the_newest_token_works()
    {
        var user = await _server.SignUpAsync();
        var older = await IssueAsync(user, Reset);
        _server.Clock.Advance(TimeSpan.FromMinutes(10));
        var newer = await IssueAsync(user, Reset);

        Assert.That(await RedeemAsync(older, Reset), Is.Null);
        Assert.That(await RedeemAsync(newer, Reset), Is.Not.Null);
        Assert.That(
            await RedeemAsync(older, Reset),
            Is.Null,
            "The older token stays invalid when the newer one is used up."
        );
    }

    [Test]
    public async Task A_second_token_within_ten_minutes_keeps_the_first_one_valid_and_shares_its_expiry()
    {
        var user = await _server.SignUpAsync();
        var first = await IssueAsync(user, Reset);
        _server.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var second = await IssueAsync(user, Reset);
        Assert.That(await RedeemAsync(first, Reset), Is.Not.Null);
        Assert.That(await RedeemAsync(second, Reset), Is.Null, "Both tokens are used up together.");

        var third = await IssueAsync(user, Reset);
        _server.Clock.Advance(TimeSpan.FromMinutes(5));
        var fourth = await IssueAsync(user, Reset);
        _server.Clock.Advance(TimeSpan.FromMinutes(55));
        Assert.That(await RedeemAsync(third, Reset), Is.Null);
        Assert.That(await RedeemAsync(fourth, Reset), Is.Null);
    }

    [Test]
    public async Task A_token_works_only_for_its_purpose_and_replaces_only_tokens_of_its_purpose()
    {
        var user = await _server.SignUpAsync();
        var (confirm, reset) = (await IssueAsync(user, Confirm), await IssueAsync(user, Reset));

        Assert.That(await RedeemAsync(confirm, Reset), Is.Null);
        Assert.That(await RedeemAsync(reset, Confirm), Is.Null);
        Assert.That(await RedeemAsync(confirm, Confirm), Is.Not.Null);
        Assert.That(await RedeemAsync(reset, Reset), Is.Not.Null);
    }

    [Test]
    public async Task The_token_of_one_user_confirms_nothing_for_another()
    {
        var (user, other) = (await _server.SignUpAsync(), await _server.SignUpAsync());
        var token = await IssueAsync(user, Confirm);

        var confirmed = await _server.SendAsync(new ConfirmEmailCommand(other.Id, token));
        var reset = await _server.SendAsync(
            new ResetPasswordCommand(other.Email!, await IssueAsync(user, Reset), NewPassword)
        );

        Assert.That(confirmed.Error, Is.EqualTo(AuthErrors.TokenInvalidOrExpired));
        Assert.That(reset.Error, Is.EqualTo(AuthErrors.TokenInvalidOrExpired));
        Assert.That((await _server.SendAsync(new ConfirmEmailCommand(user.Id, token))).Error, Is.Null);
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("not a token")]
    [TestCase("%2e%2e")]
    [TestCase("AAAA")]
    [TestCase("ä\0\uD83D")]
    public async Task An_arbitrary_text_is_not_a_token(string token) =>
        Assert.That(await RedeemAsync(token, Reset), Is.Null);

    [Test]
    public async Task A_token_with_any_changed_character_does_not_work()
    {
        var token = await IssueAsync(await _server.SignUpAsync(), Reset);

        for (var at = 0; at < token.Length; at += 7)
        {
            var tampered = $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
            Assert.That(await RedeemAsync(tampered, Reset), Is.Null, $"at {at}");
        }

        Assert.That(await RedeemAsync(token[..^4], Reset), Is.Null);
        Assert.That(await RedeemAsync($"{token}AAAA", Reset), Is.Null);
        Assert.That(await RedeemAsync(token, Reset), Is.Not.Null);
    }

    [Test]
    public async Task A_rejected_password_keeps_the_token_valid()
    {
        var user = await _server.SignUpAsync();
        var token = await IssueAsync(user, Reset);

        var refused = await _server.SendAsync(new ResetPasswordCommand(user.Email!, token, "password1234"));

        Assert.That(refused.Error?.Code, Is.EqualTo("password_rejected"));
        Assert.That(
            (await _server.SendAsync(new ResetPasswordCommand(user.Email!, token, NewPassword))).Error,
            Is.Null
        );
    }

    [Test]
    public async Task One_of_twenty_concurrent_uses_of_a_token_succeeds()
    {
        var user = await _server.SignUpAsync();
        await _server.SignInAsync(user.Id);
        var token = await IssueAsync(user, Confirm);
        // All callers have read the token before the first one saves.
        var (ready, all) = (0, new TaskCompletionSource());

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var scope = _server.Services.CreateAsyncScope();
                        var claim = await RedeemAsync(scope.ServiceProvider, token, Confirm);
                        Assert.That(claim, Is.Not.Null);
                        if (Interlocked.Increment(ref ready) == 20)
                        {
                            all.SetResult();
                        }

                        await all.Task;
                        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
                    })
                )
        );

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(1));
        Assert.That(
            results.Where(result => !result.IsSuccess).Select(result => result.Error),
            Is.All.EqualTo(AuthErrors.TokenInvalidOrExpired)
        );
    }

    [Test]
    public async Task One_of_twenty_concurrent_resets_sets_its_password()
    {
        var user = await _server.SignUpAsync();
        await _server.SignInAsync(user.Id);
        var token = await IssueAsync(user, Reset);

        // The limit of concurrent hashing belongs to another test.
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    Task.Run(() =>
                        _server.SendAsync(new ResetPasswordCommand(user.Email!, token, $"{NewPassword} {i}"))
                    )
                )
        );

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(1));
        Assert.That(
            results.Where(result => !result.IsSuccess).Select(result => result.Error?.Code),
            Is.All.AnyOf("token_invalid_or_expired", "service_unavailable")
        );
    }

    [Test]
    public async Task Two_instances_may_issue_tokens_concurrently_and_one_is_the_newest()
    {
        await using var another = TestRun.Database.Start();
        var user = await _server.SignUpAsync();

        var tokens = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i => Task.Run(() => IssueAsync(user, Confirm, i % 2 == 0 ? _server : another)))
        );

        Assert.That(
            await _server.UseAsync(
                (AppDbContext context) => context.AccountTokens.CountAsync(row => row.UserId == user.Id)
            ),
            Is.EqualTo(1)
        );
        var claims = new List<AccountTokenClaim?>();
        foreach (var token in tokens)
        {
            claims.Add(await RedeemAsync(token, Confirm, another));
        }

        Assert.That(claims.Count(claim => claim is not null), Is.EqualTo(1));
    }

    [Test]
    public async Task No_token_is_issued_for_a_deleted_account() =>
        Assert.That(
            await _server.UseAsync(
                (IAccountTokens tokens) =>
                    tokens.IssueAsync(Reset, Guid.CreateVersion7(), "a@b.c", _server.Clock.Now(), default)
            ),
            Is.Null
        );

    private async Task<string> IssueAsync(AccountProfile user, AccountTokenPurpose purpose, Instance? server = null) =>
        (
            await (server ?? _server).UseAsync(
                (IAccountTokens tokens) =>
                    tokens.IssueAsync(purpose, user.Id, user.Email!, _server.Clock.Now(), default)
            )
        )!;

    /// <summary>Redeems the token and saves that.</summary>
    private async Task<AccountTokenClaim?> RedeemAsync(
        string token,
        AccountTokenPurpose purpose,
        Instance? server = null
    )
    {
        await using var scope = (server ?? _server).Services.CreateAsyncScope();
        var claim = await RedeemAsync(scope.ServiceProvider, token, purpose);
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        Assert.That(saved.Error, Is.Null);
        return claim;
    }

    private Task<AccountTokenClaim?> RedeemAsync(
        IServiceProvider services,
        string token,
        AccountTokenPurpose purpose
    ) => services.GetRequiredService<IAccountTokens>().RedeemAsync(purpose, token, _server.Clock.Now(), default);
}
