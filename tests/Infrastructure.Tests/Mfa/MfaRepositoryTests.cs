using System.Text;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Mfa;

public sealed class MfaRepositoryTests : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(Totp.StepSeconds);

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task The_second_factor_is_on_from_confirmation_until_removal()
    {
        var user = await _server.SignUpAsync();
        Assert.That(await StateAsync(user.Id), Is.EqualTo((MfaStatus.Off, false)));

        var seed = (await BeginAsync(user.Id))!;
        Assert.That(await StateAsync(user.Id), Is.EqualTo((MfaStatus.Off, false)));

        var confirmedAt = _server.Clock.Now();
        Assert.That(await ConfirmAsync(user.Id, CodeOf(seed)), Is.Null);
        Assert.That(await StateAsync(user.Id), Is.EqualTo((new MfaStatus(true, confirmedAt, 10), true)));

        await RemoveAsync(user.Id);
        Assert.That(await StateAsync(user.Id), Is.EqualTo((MfaStatus.Off, false)));
        Assert.That(await UseAsync(user.Id, CodeOf(seed, 1)), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await BeginAsync(user.Id), Is.Not.Null.And.Not.EqualTo(seed));
    }

    [Test]
    public async Task The_newest_seed_is_the_current_one()
    {
        var user = await _server.SignUpAsync();
        var first = (await BeginAsync(user.Id))!;
        var second = (await BeginAsync(user.Id))!;

        Assert.That(first, Has.Length.EqualTo(20));
        Assert.That(await ConfirmAsync(user.Id, CodeOf(first)), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await ConfirmAsync(user.Id, CodeOf(second)), Is.Null);
    }

    [Test]
    public async Task No_seed_is_created_while_a_confirmed_one_exists()
    {
        var (user, seed, _) = await EnabledAsync();

        Assert.That(await BeginAsync(user), Is.Null);
        Assert.That(await UseAsync(user, CodeOf(seed, 1)), Is.Null);
    }

    [Test]
    public async Task Concurrent_enrollments_create_seeds_and_the_last_one_is_valid()
    {
        var user = await _server.SignUpAsync();

        var seeds = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => BeginAsync(user.Id))));

        Assert.That(seeds, Has.None.Null);
        List<Error?> outcomes = [];
        foreach (var seed in seeds)
        {
            outcomes.Add(await ConfirmAsync(user.Id, CodeOf(seed!)));
        }

        Assert.That(outcomes.Count(error => error is null), Is.EqualTo(1));
    }

    [Test]
    public async Task A_code_of_a_seed_that_was_replaced_meanwhile_confirms_nothing()
    {
        var user = await _server.SignUpAsync();
        var seed = (await BeginAsync(user.Id))!;

        var outcome = await SaveAsync(async services =>
        {
            var factors = services.GetRequiredService<IMfaRepository>();
            var isRight = await factors.TryConfirmAsync(user.Id, CodeOf(seed), _server.Clock.Now(), default);
            await BeginAsync(user.Id);
            return isRight;
        });

        Assert.That(outcome, Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await StateAsync(user.Id), Is.EqualTo((MfaStatus.Off, false)));
    }

    [Test]
    public async Task One_of_twenty_concurrent_confirmations_succeeds_and_its_recovery_codes_are_valid()
    {
        var user = await _server.SignUpAsync();
        var code = CodeOf((await BeginAsync(user.Id))!);

        var errors = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => ConfirmAsync(user.Id, code)))
        );

        Assert.That(errors.Count(error => error is null), Is.EqualTo(1));
        Assert.That(errors.OfType<Error>(), Is.All.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That((await StateAsync(user.Id)).State.RecoveryCodesLeft, Is.EqualTo(10));
    }

    [Test]
    public async Task The_confirming_code_is_used_up_but_the_next_one_works()
    {
        var (user, seed, _) = await EnabledAsync();

        Assert.That(await UseAsync(user, CodeOf(seed)), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await UseAsync(user, CodeOf(seed, 1)), Is.Null);
    }

    [Test]
    public async Task No_code_works_after_a_later_one_was_used()
    {
        var (user, seed, _) = await EnabledAsync();
        _server.Clock.Advance(2 * Step);

        Assert.That(await UseAsync(user, CodeOf(seed)), Is.Null);
        Assert.That(await UseAsync(user, CodeOf(seed, -1)), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await UseAsync(user, CodeOf(seed)), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        _server.Clock.Advance(Step);
        Assert.That(await UseAsync(user, CodeOf(seed)), Is.Null);
    }

    [Test]
    public async Task One_of_twenty_concurrent_uses_of_a_code_succeeds()
    {
        var (user, seed, _) = await EnabledAsync();

        await WorksOnceAsync(user, CodeOf(seed, 1));
    }

    [Test]
    public async Task One_of_twenty_concurrent_uses_of_a_recovery_code_succeeds()
    {
        var (user, _, codes) = await EnabledAsync();

        await WorksOnceAsync(user, null, codes[3]);

        Assert.That((await StateAsync(user)).State.RecoveryCodesLeft, Is.EqualTo(9));
    }

    [Test]
    public async Task A_recovery_code_works_once_in_any_format_and_only_for_its_user()
    {
        var (user, _, codes) = await EnabledAsync();
        var (other, _, _) = await EnabledAsync();
        var typed = $" {codes[0].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal)}";

        Assert.That(await UseAsync(other, null, codes[0]), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await UseAsync(user, null, typed), Is.Null);
        Assert.That(await UseAsync(user, null, codes[0]), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await UseAsync(user, null, codes[1]), Is.Null);
    }

    [Test]
    public async Task A_code_is_not_used_up_when_the_save_fails()
    {
        var (user, seed, codes) = await EnabledAsync();
        foreach (var code in (MfaCode[])[new(CodeOf(seed, 1), null), new(null, codes[0])])
        {
            Assert.That(await TryAsync(user, code), Is.True);
            Assert.That(await UseAsync(user, code.Code, code.RecoveryCode), Is.Null);
        }
    }

    [Test]
    public async Task New_recovery_codes_replace_all_old_ones()
    {
        var (user, _, old) = await EnabledAsync();

        var codes = await ReplaceAsync(user);

        Assert.That((await StateAsync(user)).State.RecoveryCodesLeft, Is.EqualTo(10));
        Assert.That(await UseAsync(user, null, old[0]), Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That(await UseAsync(user, null, codes[0]), Is.Null);
    }

    [Test]
    public async Task After_twenty_concurrent_replacements_the_recovery_codes_of_one_are_valid()
    {
        var (user, _, _) = await EnabledAsync();

        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ReplaceAsync(user))));

        Assert.That((await StateAsync(user)).State.RecoveryCodesLeft, Is.EqualTo(10));
        List<int> worked = [];
        foreach (var codes in all)
        {
            var outcomes = new List<Error?>();
            foreach (var code in codes)
            {
                outcomes.Add(await UseAsync(user, null, code));
            }

            worked.Add(outcomes.Count(error => error is null));
        }

        Assert.That(worked.Order(), Is.EqualTo([.. Enumerable.Repeat(0, 19), 10]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_code_that_is_used_while_the_factor_is_removed_is_invalid(bool isRecoveryCode)
    {
        var (user, seed, codes) = await EnabledAsync();
        var code = new MfaCode(isRecoveryCode ? null : CodeOf(seed, 1), isRecoveryCode ? codes[0] : null);
        var wasRight = false;

        var outcome = await SaveAsync(async services =>
        {
            var factors = services.GetRequiredService<IMfaRepository>();
            wasRight = await factors.TryUseAsync(user, code, _server.Clock.Now(), default);
            await RemoveAsync(user);
            return wasRight;
        });

        Assert.That(wasRight, Is.True);
        Assert.That(outcome, Is.EqualTo(MfaErrors.MfaCodeInvalid));
    }

    [Test]
    public async Task The_credentials_show_that_the_second_factor_is_on()
    {
        var (user, _, _) = await EnabledAsync();

        var credentials = await _server.UseAsync(
            (IAccountRepository accounts) => accounts.FindCredentialsAsync(user, default)
        );

        Assert.That(credentials!.MfaEnabled, Is.True);
    }

    [Test]
    public async Task Seeds_and_recovery_codes_are_not_stored_in_plain_text()
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start();
        await server.Services.MigrateDatabaseAsync();
        var user = await server.SignUpAsync();
        var (seed, codes) = (await BeginAsync(user.Id, server), await ReplaceAsync(user.Id, server));

        var files = string.Concat(Directory.GetFiles(Path.Combine(database.Folder, "data")).Select(ReadSharedAsLatin1));

        Assert.That(files, Does.Contain("MfaFactors").And.Contains(user.Username));
        string[] secrets =
        [
            Encoding.Latin1.GetString(seed!),
            Totp.ToBase32(seed),
            Convert.ToBase64String(seed!)[..^1],
            Convert.ToHexString(seed!),
            .. codes,
            .. codes.Select(code => code.Replace("-", "", StringComparison.Ordinal)),
        ];
        foreach (var secret in secrets)
        {
            Assert.That(files, Does.Not.Contain(secret).IgnoreCase);
        }
    }

    private async Task WorksOnceAsync(Guid user, string? code, string? recoveryCode = null)
    {
        var errors = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => UseAsync(user, code, recoveryCode)))
        );

        Assert.That(errors.Count(error => error is null), Is.EqualTo(1));
        Assert.That(errors.OfType<Error>(), Is.All.EqualTo(MfaErrors.MfaCodeInvalid));
    }

    /// <summary>Creates a user with an enabled second factor.</summary>
    private async Task<(Guid UserId, byte[] Seed, IReadOnlyList<string> Codes)> EnabledAsync()
    {
        var user = await _server.SignUpAsync();
        var seed = (await BeginAsync(user.Id))!;
        Assert.That(await ConfirmAsync(user.Id, CodeOf(seed)), Is.Null);
        return (user.Id, seed, await ReplaceAsync(user.Id));
    }

    private string CodeOf(byte[] seed, int stepsAhead = 0) =>
        Totp.CodeAt(seed, Totp.StepAt(_server.Clock.Now()) + stepsAhead);

    private async Task<(MfaStatus State, bool IsAsked)> StateAsync(Guid user) =>
        (
            await _server.UseAsync((IMfaRepository factors) => factors.GetAsync(user, default)),
            await _server.UseAsync(
                (AppDbContext context) =>
                    context.Accounts.Where(row => row.Id == user).Select(row => row.MfaEnabled).SingleAsync()
            )
        );

    private async Task<byte[]?> BeginAsync(Guid user, Instance? server = null)
    {
        byte[]? seed = null;
        var error = await SaveAsync(
            services =>
            {
                seed = services.GetRequiredService<IMfaRepository>().Begin(user);
                return Task.FromResult(true);
            },
            server
        );
        return error is null ? seed : null;
    }

    private Task<Error?> ConfirmAsync(Guid user, string code) =>
        SaveAsync(async services =>
        {
            var factors = services.GetRequiredService<IMfaRepository>();
            var isRight = await factors.TryConfirmAsync(user, code, _server.Clock.Now(), default);
            if (isRight)
            {
                await factors.ReplaceRecoveryCodesAsync(user, default);
            }

            return isRight;
        });

    private Task<bool> TryAsync(Guid user, MfaCode code) =>
        _server.UseAsync((IMfaRepository factors) => factors.TryUseAsync(user, code, _server.Clock.Now(), default));

    private Task<Error?> UseAsync(Guid user, string? code, string? recoveryCode = null) =>
        SaveAsync(services =>
            services
                .GetRequiredService<IMfaRepository>()
                .TryUseAsync(user, new MfaCode(code, recoveryCode), _server.Clock.Now(), default)
        );

    private async Task<IReadOnlyList<string>> ReplaceAsync(Guid user, Instance? server = null)
    {
        IReadOnlyList<string> codes = [];
        var error = await SaveAsync(
            async services =>
            {
                codes = await services.GetRequiredService<IMfaRepository>().ReplaceRecoveryCodesAsync(user, default);
                return true;
            },
            server
        );
        Assert.That(error, Is.Null);
        return codes;
    }

    private Task<Error?> RemoveAsync(Guid user) =>
        SaveAsync(services =>
        {
            services.GetRequiredService<IMfaRepository>().Remove(user);
            return Task.FromResult(true);
        });

    /// <summary>Combines an error before the save with one of the save, as a use case does.</summary>
    private Task<Error?> SaveAsync(Func<IServiceProvider, Task<bool>> use, Instance? server = null) =>
        (server ?? _server).UseAsync(
            async (IServiceProvider services) =>
            {
                if (!await use(services))
                {
                    return MfaErrors.MfaCodeInvalid;
                }

                var saved = await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
                return saved.IsSuccess ? null : saved.Error;
            }
        );

    private static string ReadSharedAsLatin1(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
