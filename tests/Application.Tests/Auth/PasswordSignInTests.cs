using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>Whether login and password belong together, and may sign in.</summary>
public sealed class PasswordSignInTests : UseCaseTests
{
    private readonly string _unknown = Instance.NewName();
    private Credentials _account = null!;

    [SetUp]
    public async Task SignUp() => _account = await SignUpAsync();

    [Test]
    public async Task Forgives_wrong_passwords_after_the_right_one()
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
    public async Task Looks_at_no_password_when_there_were_too_many_attempts_and_records_the_first()
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
            await ToldAsync(_account.UserId),
            Has.Exactly(1).Property("Type").EqualTo(AuditEventType.TooManyAttempts)
        );
    }

    // In a storm, attempts that are stored and cannot be hashed anyway would keep everybody else from writing.
    [Test]
    public async Task Says_nothing_to_the_database_when_there_is_no_place_to_hash()
    {
        var said = Server.Commands.Listen();
        Hashing.IsFull = true;

        await FailsAsync(Login(), "service_unavailable");

        Assert.That(said, Is.Empty);
    }

    [Test]
    public async Task Gives_its_place_back()
    {
        await SendAsync(Login());
        await SendAsync(Login("wrong"));

        Assert.That(Hashing.Places, Is.Zero);
    }

    // An answer, a time or a row that tells unknown from wrong would tell who has an account (ASVS 5.0, 6.3.8).
    [Test]
    public async Task Does_stores_and_answers_the_same_for_an_unknown_login_and_a_wrong_password()
    {
        await SendAsync(Login("wrong"));
        var said = Server.Commands.Listen();

        var wrong = await FailsAsync(Login("wrong"), "invalid_credentials");
        var (saidOfWrong, verified) = (said.ToList(), Hashing.Verified);
        said.Clear();
        await SendAsync(Login("wrong", _unknown));
        said.Clear();
        var unknown = await FailsAsync(Login("wrong", _unknown), "invalid_credentials");

        Assert.That(unknown, Is.EqualTo(wrong));
        Assert.That(said, Is.EqualTo(saidOfWrong).And.Not.Empty);
        Assert.That(Hashing.Verified, Is.EqualTo(verified + 2));
    }

    [Test]
    public async Task Tells_the_audit_trail_of_a_wrong_password_in_the_name_of_nobody()
    {
        await FailsAsync(Login("wrong"), "invalid_credentials");

        Assert.That(await ToldAsync(_account.UserId), Is.EqualTo([Refused()]));
        await AssertHereAndNowAsync(_account.UserId);
    }

    [Test]
    public async Task Counts_no_attempt_whose_password_could_not_be_compared()
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
    public async Task Tells_about_the_account_only_who_knows_the_password(
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
        Assert.That(await ToldAsync(_account.UserId), Is.EqualTo([Refused()]));
    }

    [Test]
    public async Task Forgives_wrong_passwords_of_a_disabled_account_too_and_stores_no_stronger_hash_of_it()
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
    public async Task Asks_for_a_confirmed_address_where_that_is_configured_or_a_registration_tells_nothing(
        string key,
        string value,
        string? code
    )
    {
        _account = await SignUpAsync(isConfirmed: false);

        Assert.That((await SendToAsync((key, value), Login())).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Signs_in_without_a_stronger_hash_when_there_can_be_none_now()
    {
        await using var former = TestRun.Database.Start(("Accounts:PasswordIterations", "500"));
        _account = (await Records.AccountAsync((await former.SignUpAsync(Password)).Id))!;
        Hashing.IsTooSlowAfterNext = true;

        Assert.That((await SendAsync(Login())).Error, Is.Null);

        Assert.That((await Records.AccountAsync(_account.UserId))!.PasswordHash, Is.EqualTo(_account.PasswordHash));
    }

    [Test]
    public async Task Passes_on_what_saving_the_failure_says()
    {
        Saves.Refusal = Given.Failure;

        Assert.That((await SendAsync(Login("wrong"))).Error, Is.EqualTo(Given.Failure));
    }

    private LoginUserCommand Login(string password = Password, string? login = null) =>
        new(login ?? _account.Username, password, "Tablet");

    /// <summary>Signs in at a server with another setting.</summary>
    private static async Task<Result<TokensDto>> SendToAsync((string, string) setting, LoginUserCommand command)
    {
        await using var server = TestRun.Database.Start(setting);
        server.Clock.SetUtcNow(Given.Now);
        return await server.SendAsync(command);
    }

    private Told Refused() =>
        new(AuditEventType.SignInFailed, AuditOutcome.Failed, null, _account.UserId, Device: "Tablet");
}
