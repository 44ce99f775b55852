using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>These tests check whether a login and a password belong together and may sign in.</summary>
public sealed class PasswordSignInTests : UseCaseTests
{
    private readonly string _unknown = Instance.NewName();
    private Credentials _account = null!;

    [SetUp]
    public async Task SignUp() => _account = await SignUpAsync();

    [Test]
    public async Task A_correct_password_clears_the_wrong_ones()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 9; i++)
            {
                await FailsAsync(Login("wrong"), "invalid_credentials");
            }

            Assert.That((await SendAsync(Login())).Error, Is.Null);
        }
    }

    [Test]
    public async Task After_too_many_attempts_checks_no_password_and_records_only_the_first_refusal()
    {
        for (var i = 0; i < 10; i++)
        {
            await FailsAsync(Login("wrong"), "invalid_credentials");
        }

        var verified = Hashing.Verified;
        await FailsAsync(Login(), "too_many_attempts");
        var error = await FailsAsync(Login(), "too_many_attempts");

        Assert.That(error.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(Hashing.Verified, Is.EqualTo(verified));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Has.Exactly(1).Property("Type").EqualTo(AuditEventType.TooManyAttempts)
        );
    }

    // Under heavy load, storing attempts whose password cannot be hashed anyway would block all other writers.
    [Test]
    public async Task Does_not_use_the_database_when_no_hashing_slot_is_free()
    {
        var commands = Server.Commands.Listen();
        Hashing.IsFull = true;

        await FailsAsync(Login(), "service_unavailable");

        Assert.That(commands, Is.Empty);
    }

    [Test]
    public async Task Releases_its_hashing_slot()
    {
        await SendAsync(Login());
        await SendAsync(Login("wrong"));

        Assert.That(Hashing.TakenSlots, Is.Zero);
    }

    // A response, a duration or a row that differs would reveal who has an account (ASVS 5.0, 6.3.8).
    [Test]
    public async Task Does_the_same_work_for_an_unknown_login_and_a_wrong_password()
    {
        await SendAsync(Login("wrong"));
        var commands = Server.Commands.Listen();

        var wrong = await FailsAsync(Login("wrong"), "invalid_credentials");
        var (commandsForWrongPassword, verified) = (commands.ToList(), Hashing.Verified);
        commands.Clear();
        await SendAsync(Login("wrong", _unknown));
        commands.Clear();
        var unknown = await FailsAsync(Login("wrong", _unknown), "invalid_credentials");

        Assert.That(unknown, Is.EqualTo(wrong));
        Assert.That(commands, Is.EqualTo(commandsForWrongPassword).And.Not.Empty);
        Assert.That(Hashing.Verified, Is.EqualTo(verified + 2));
    }

    [Test]
    public async Task Records_a_wrong_password_without_an_actor()
    {
        await FailsAsync(Login("wrong"), "invalid_credentials");

        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo([Refused()]));
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [Test]
    public async Task Does_not_count_an_attempt_whose_password_could_not_be_compared()
    {
        Hashing.IsTooSlow = true;
        for (var i = 0; i < 10; i++)
        {
            await FailsAsync(Login(), "service_unavailable");
            await FailsAsync(Login("wrong", _unknown), "service_unavailable");
        }

        Hashing.IsTooSlow = false;
        Assert.That((await SendAsync(Login())).Error, Is.Null);
        await FailsAsync(Login("wrong", _unknown), "invalid_credentials");
    }

    [TestCase(false, true, false, "invalid_credentials")]
    [TestCase(false, false, true, "invalid_credentials")]
    [TestCase(true, true, true, "account_disabled")]
    [TestCase(true, true, false, "account_disabled")]
    [TestCase(true, false, false, "email_not_confirmed")]
    public async Task Reveals_the_state_of_the_account_only_after_the_correct_password(
        bool isRightPassword,
        bool isDisabled,
        bool isConfirmed,
        string code
    )
    {
        _account = await SignUpAsync(isConfirmed);
        if (isDisabled)
        {
            await ChangeAsync(_account.UserId, row => row.Disable(Now));
        }

        var result = await SendToAsync(
            ("Accounts:RequireConfirmedEmail", "true"),
            Login(isRightPassword ? Password : "wrong")
        );

        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo([Refused()]));
    }

    [Test]
    public async Task A_correct_password_of_a_disabled_account_clears_the_wrong_ones_but_stores_no_stronger_hash()
    {
        await using var former = TestRun.Database.Start(("Accounts:PasswordIterations", "500"));
        _account = (await Records.AccountAsync((await former.SignUpAsync(Password)).Id))!;
        await ChangeAsync(_account.UserId, row => row.Disable(Now));

        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 9; i++)
            {
                await FailsAsync(Login("wrong"), "invalid_credentials");
            }

            await FailsAsync(Login(), "account_disabled");
        }

        Assert.That((await Records.AccountAsync(_account.UserId))!.PasswordHash, Is.EqualTo(_account.PasswordHash));
    }

    [TestCase("Accounts:RequireConfirmedEmail", "false", null)]
    [TestCase("Accounts:RequireConfirmedEmail", "true", "email_not_confirmed")]
    [TestCase("Accounts:RegistrationPrivacy", "Open", null)]
    [TestCase("Accounts:RegistrationPrivacy", "Private", "email_not_confirmed")]
    public async Task Requires_a_confirmed_address_when_configured_or_when_registration_is_private(
        string key,
        string value,
        string? code
    )
    {
        _account = await SignUpAsync(isConfirmed: false);

        Assert.That((await SendToAsync((key, value), Login())).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Signs_in_without_a_stronger_hash_when_none_can_be_computed()
    {
        await using var former = TestRun.Database.Start(("Accounts:PasswordIterations", "500"));
        _account = (await Records.AccountAsync((await former.SignUpAsync(Password)).Id))!;
        Hashing.IsTooSlowAfterNext = true;

        Assert.That((await SendAsync(Login())).Error, Is.Null);

        Assert.That((await Records.AccountAsync(_account.UserId))!.PasswordHash, Is.EqualTo(_account.PasswordHash));
    }

    [Test]
    public async Task Returns_the_error_of_saving_the_failed_attempt()
    {
        Saves.Refusal = Given.Failure;

        Assert.That((await SendAsync(Login("wrong"))).Error, Is.EqualTo(Given.Failure));
    }

    private LoginUserCommand Login(string password = Password, string? login = null) =>
        new(login ?? _account.Username, password, "Tablet");

    /// <summary>Signs in on a server with another setting.</summary>
    private static async Task<Result<TokensDto>> SendToAsync((string, string) setting, LoginUserCommand command)
    {
        await using var server = TestRun.Database.Start(setting);
        server.Clock.SetUtcNow(Given.Now);
        return await server.SendAsync(command);
    }

    private RecordedEvent Refused() =>
        new(AuditEventType.SignInFailed, AuditOutcome.Failed, null, _account.UserId, Device: "Tablet");
}
