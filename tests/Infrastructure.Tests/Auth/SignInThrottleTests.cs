using System.Globalization;
using System.Text;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Auth;

// Each test has its own database: a new window deletes expired counters by its instance's clock, and each clock stands still.
public sealed class SignInThrottleTests : IAsyncDisposable
{
    private const string Login = "somebody";
    private static readonly TimeSpan Term = TimeSpan.FromMinutes(15);

    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task StartServer()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = StartInstance();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task The_eleventh_attempt_is_refused_until_the_window_of_the_first_ends()
    {
        await TakeAsync(10);
        _server.Clock.Advance(Term - TimeSpan.FromMilliseconds(1));

        Assert.That(
            (await TakeAsync()).Error,
            Is.EqualTo(AuthErrors.TooManyAttempts with { RetryAfter = TimeSpan.FromMilliseconds(1) })
        );
        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await TakeAsync(10);
        Assert.That((await TakeAsync()).Error?.RetryAfter, Is.EqualTo(Term));
    }

    [Test]
    public async Task A_refusal_counts_as_the_first_once_per_login_and_window_up_to_a_limit_per_address()
    {
        Assert.That(await IsFirstAsync("ann"), Is.True);
        Assert.That(await IsFirstAsync("ANN"), Is.False);
        for (var i = 1; i < 100; i++)
        {
            Assert.That(await IsFirstAsync($"login-{i}"), Is.True);
        }

        Assert.That(await IsFirstAsync("one-more"), Is.False);
        _server.Clock.Advance(Term);
        Assert.That(await IsFirstAsync("ann"), Is.True);

        Task<bool> IsFirstAsync(string login) =>
            _server.UseAsync(
                (ISignInThrottle throttle) => throttle.IsFirstRefusalAsync(Attempt.SignIn(login), default)
            );
    }

    [TestCase("ann.smith", "ANN.Smith")]
    [TestCase("ann@example.org", "Ann@EXAMPLE.org")]
    [TestCase("caf\u00e9", "CAFE\u0301", TestName = "{m}(composed, then decomposed)")]
    [TestCase("\uff41\uff4e\uff4e", "ann", TestName = "{m}(full-width, then narrow)")]
    public async Task Variants_of_one_login_are_counted_together(string spelling, string other)
    {
        await TakeAsync(10, spelling);

        Assert.That((await TakeAsync(login: other)).Error?.Code, Is.EqualTo("too_many_attempts"));
        Assert.That((await TakeAsync(login: Login)).IsSuccess, Is.True);
    }

    [TestCase("username")]
    [TestCase("email")]
    [TestCase("unknown")]
    public async Task Known_and_unknown_logins_are_refused_alike(string kind)
    {
        var user = await _server.SignUpAsync();
        var login = kind switch
        {
            "username" => user.Username,
            "email" => user.Email,
            _ => Login,
        };

        await TakeAsync(10, login!);

        Assert.That((await TakeAsync(login: login!)).Error?.RetryAfter, Is.EqualTo(Term));
    }

    [TestCase("192.0.2.1", "192.0.2.2")]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1")]
    public async Task An_address_has_a_limit_across_all_logins(string address, string another)
    {
        await using var server = _database.Start(("Accounts:FailedSignInAddressLimit", "20"));
        server.Caller.IpAddress = address;
        for (var i = 0; i < 20; i++)
        {
            await TakeAsync(1, $"login-{i}", server);
        }

        Assert.That((await TakeAsync(server: server)).Error?.RetryAfter, Is.EqualTo(Term));
        server.Caller.IpAddress = another;
        // The refusal used none of the attempts of the login.
        await TakeAsync(10, server: server);
    }

    // Whoever has shown a password or a session is no stranger (security requirement 39).
    [Test]
    public async Task Strangers_of_the_same_address_block_no_codes_and_no_reauthentication()
    {
        await using var server = _database.Start(("Accounts:FailedSignInAddressLimit", "2"));
        for (var i = 1; i <= 2; i++)
        {
            await TakeAsync(1, $"login-{i}", server);
        }

        Assert.That((await TakeAsync(server: server)).IsSuccess, Is.False);
        for (var i = 1; i <= 2; i++)
        {
            Assert.That((await TakeAsync(Attempt.Of($"account-{i}"), server)).Error, Is.Null);
        }

        Assert.That((await TakeAsync(Attempt.Of("account-3"), server)).IsSuccess, Is.False, "They have a limit, too.");
    }

    [Test]
    public async Task Addresses_of_one_IPv6_network_are_counted_together()
    {
        await using var server = _database.Start(("Accounts:FailedSignInAddressLimit", "2"));
        for (var i = 1; i <= 2; i++)
        {
            server.Caller.IpAddress = $"2001:db8:1:2::{i}";
            await TakeAsync(1, $"login-{i}", server);
        }

        server.Caller.IpAddress = "2001:db8:1:2:ffff::3";

        Assert.That((await TakeAsync(server: server)).IsSuccess, Is.False);
    }

    [Test]
    public async Task Unknown_devices_share_a_limit_per_login_that_does_not_affect_known_devices()
    {
        for (var i = 0; i < 100; i++)
        {
            _server.Caller.IpAddress = $"192.0.2.{i}";
            await TakeAsync(1);
        }

        _server.Caller.IpAddress = "198.51.100.1";
        Assert.That((await TakeAsync()).Error?.Code, Is.EqualTo("too_many_attempts"));
        foreach (var known in (string[])["session:1", "session:2"])
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.That((await TakeAsync(Attempt.SignIn(Login, known))).Error, Is.Null);
            }

            Assert.That((await TakeAsync(Attempt.SignIn(Login, known))).Error?.Code, Is.EqualTo("too_many_attempts"));
        }
    }

    [Test]
    public async Task Clearing_a_login_clears_it_for_all_networks_and_devices()
    {
        string[] addresses = ["192.0.2.1", "192.0.2.2"];
        foreach (var address in addresses)
        {
            _server.Caller.IpAddress = address;
            await TakeAsync(10);
        }

        for (var i = 0; i < 10; i++)
        {
            await TakeAsync(Attempt.SignIn(Login, "session:1"));
        }

        await _server.UseAsync(
            async (IServiceProvider services) =>
            {
                await services.GetRequiredService<ISignInThrottle>().ForgetAsync([Login], default);
                return await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
            }
        );

        Assert.That((await TakeAsync(Attempt.SignIn(Login, "session:1"))).Error, Is.Null);
        foreach (var address in addresses)
        {
            _server.Caller.IpAddress = address;
            await TakeAsync(10);
        }
    }

    [Test]
    public async Task Codes_and_reauthentication_passwords_are_counted_across_all_addresses()
    {
        for (var i = 0; i < 10; i++)
        {
            _server.Caller.IpAddress = $"192.0.2.{i}";
            Assert.That((await TakeAsync(Attempt.Of("of one account"))).Error, Is.Null);
        }

        _server.Caller.IpAddress = "198.51.100.1";
        Assert.That((await TakeAsync(Attempt.Of("of one account"))).Error?.Code, Is.EqualTo("too_many_attempts"));
    }

    [TestCase(10, 10)]
    [TestCase(50, 10)]
    public async Task Concurrent_attempts_cannot_exceed_the_limit(int tries, int expected)
    {
        var results = await Task.WhenAll(Enumerable.Range(0, tries).Select(_ => Task.Run(() => TakeAsync())));

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(expected));
    }

    [Test]
    public async Task Concurrent_correct_sign_ins_do_not_block_each_other()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Task.Run(SignInRightlyAsync)));

        Assert.That(results.Select(result => result.Error?.Code), Is.All.Null);

        Task<Result> SignInRightlyAsync() =>
            _server.UseAsync(
                async (ISignInThrottle throttle) =>
                {
                    var taken = await throttle.TakeAttemptAsync(Attempt.SignIn(Login), default);
                    await throttle.ForgiveAsync(Attempt.SignIn(Login), default);
                    return taken;
                }
            );
    }

    [Test]
    public async Task An_attempt_is_not_refused_when_another_instance_has_just_started_the_window()
    {
        await using var other = StartInstance();
        await TakeAsync(1, "makes the secret");
        _server.Commands.OnceBefore(
            command => command.CommandText.Contains("SELECT", StringComparison.Ordinal),
            () => TakeAsync(1, server: other)
        );

        await TakeAsync(9);

        Assert.That(_server.Commands.Before, Is.Null);
        Assert.That((await TakeAsync()).IsSuccess, Is.False);
    }

    [Test]
    public async Task Failures_are_shared_by_instances_and_survive_a_restart()
    {
        await using (var other = StartInstance())
        {
            await TakeAsync(5);
            await TakeAsync(5, server: other);
        }

        await using var restarted = StartInstance();
        Assert.That((await TakeAsync(server: restarted)).Error?.Code, Is.EqualTo("too_many_attempts"));
    }

    [Test]
    public async Task A_returned_attempt_can_be_used_again()
    {
        await TakeAsync(10);

        await ReturnAsync();

        Assert.That((await TakeAsync()).IsSuccess, Is.True);
        Assert.That((await TakeAsync()).IsSuccess, Is.False);
    }

    [Test]
    public async Task A_correct_password_clears_the_login_and_returns_one_attempt_to_the_address()
    {
        await using var server = _database.Start(("Accounts:FailedSignInAddressLimit", "12"));
        await TakeAsync(10, server: server);

        await server.UseAsync((ISignInThrottle throttle) => throttle.ForgiveAsync(Attempt.SignIn(Login), default));

        await TakeAsync(3, server: server);
        Assert.That((await TakeAsync(server: server)).IsSuccess, Is.False);
        server.Caller.IpAddress = "192.0.2.1";
        await TakeAsync(7, server: server);
    }

    [Test]
    public async Task Returning_an_attempt_that_was_not_taken_raises_no_limit()
    {
        await ReturnAsync();
        await TakeAsync(1);
        await ReturnAsync();
        await ReturnAsync();

        await TakeAsync(10);

        Assert.That((await TakeAsync()).IsSuccess, Is.False);
    }

    [Test]
    public async Task Expired_counters_are_deleted_when_a_new_window_starts()
    {
        await TakeAsync(1, "first");
        await TakeAsync(1, "second");
        _server.Clock.Advance(Term);
        await TakeAsync(1, "third");

        // These are the counters of the login in this network, of the login anywhere, and of the address.
        Assert.That(
            await _server.UseAsync((AppDbContext context) => context.SignInFailures.CountAsync()),
            Is.EqualTo(3)
        );
    }

    [Test]
    public async Task The_database_does_not_reveal_logins_or_addresses()
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start();
        await server.Services.MigrateDatabaseAsync();
        server.Caller.IpAddress = "203.0.113.77";

        await TakeAsync(1, "Mallory-1234", server);

        var keys = await server.UseAsync(
            (AppDbContext context) => context.SignInFailures.Select(row => row.Key).ToListAsync()
        );
        Assert.That(keys.Select(key => key.Length), Is.EqualTo([32, 32, 32]));
        var files = string.Concat(Directory.GetFiles(Path.Combine(database.Folder, "data")).Select(ReadSharedAsLatin1));
        Assert.That(files, Does.Contain("SignInFailures").And.Not.Contains("203.0.113.77"));
        Assert.That(files, Does.Not.Contain("mallory-1234").IgnoreCase);
    }

    // All instances have the same caller.
    private Instance StartInstance()
    {
        var instance = _database.Start();
        instance.Caller.IpAddress = "203.0.113.1";
        return instance;
    }

    private async Task TakeAsync(int times, string login = Login, Instance? server = null)
    {
        for (var i = 1; i <= times; i++)
        {
            Assert.That((await TakeAsync(login, server)).IsSuccess, Is.True, i.ToString(CultureInfo.InvariantCulture));
        }
    }

    private Task<Result> TakeAsync(string login = Login, Instance? server = null) =>
        TakeAsync(Attempt.SignIn(login), server);

    private Task<Result> TakeAsync(Attempt attempt, Instance? server = null) =>
        (server ?? _server).UseAsync((ISignInThrottle throttle) => throttle.TakeAttemptAsync(attempt, default));

    private Task ReturnAsync() =>
        _server.UseAsync((ISignInThrottle throttle) => throttle.ReturnAttemptAsync(Attempt.SignIn(Login), default));

    private static string ReadSharedAsLatin1(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
