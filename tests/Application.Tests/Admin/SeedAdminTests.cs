using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Admin;

public sealed class SeedAdminTests : UseCaseTests
{
    private const string Section = "Seed:Admin";

    private readonly string _name;

    public SeedAdminTests()
        : this(Instance.NewName()) { }

    private SeedAdminTests(string name)
        : base(Settings(name, EmailOf(name), Password)) => _name = name;

    [Test]
    public async Task Creates_an_admin_with_a_confirmed_address_once_and_in_one_save()
    {
        Assert.That((await SendAsync(new SeedAdminCommand())).Error, Is.Null);
        Assert.That((await SendAsync(new SeedAdminCommand())).Error, Is.Null);

        Assert.That((Saves.Count, Hashing.Hashed), Is.EqualTo((1, 1)));
        var admin = (await FindAsync())!;
        Assert.That((admin.Username, admin.Email, admin.EmailConfirmed), Is.EqualTo((_name, EmailOf(_name), true)));
        var user = (await Records.UserAsync(admin.UserId))!;
        Assert.That((user.CreatedAt, string.Join(' ', user.Roles)), Is.EqualTo((Given.Now, "admin member")));
        Assert.That(
            await RecordedAsync(admin.UserId),
            Is.EquivalentTo([
                RecordedEvent.Of(AuditEventType.Registered, admin.UserId),
                new RecordedEvent(AuditEventType.RolesChanged, AuditOutcome.Succeeded, null, admin.UserId),
            ])
        );
        Assert.That((await SendAsync(new LoginUserCommand(_name, Password))).Error, Is.Null);
    }

    [Test]
    public async Task Concurrent_starts_create_one_admin_and_all_succeed()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => Task.Run(() => SendAsync(new SeedAdminCommand())))
        );

        Assert.That(results.Select(result => result.Error), Is.All.Null);
        Assert.That(await RecordedAsync((await FindAsync())!.UserId), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Does_nothing_without_settings()
    {
        await using var server = TestRun.Database.Start();
        var commands = server.Commands.Listen();

        Assert.That((await server.SendAsync(new SeedAdminCommand())).Error, Is.Null);

        Assert.That(commands, Is.Empty);
    }

    [Test]
    public async Task Leaves_an_existing_user_of_that_name_unchanged()
    {
        var user = (await Server.SignUpAsync(_name, EmailOf(Instance.NewName()))).Value!;
        var (before, saves) = (await Records.AccountAsync(user.Id), Saves.Count);

        Assert.That(await SeedAsync(_name, null, null), Is.Null);
        Assert.That((await SendAsync(new SeedAdminCommand())).Error, Is.Null);

        Assert.That((Saves.Count, Hashing.Hashed), Is.EqualTo((saves, 0)));
        Assert.That(await Records.AccountAsync(user.Id), Is.EqualTo(before));
        Assert.That((await Records.UserAsync(user.Id))!.Roles, Is.EqualTo([Roles.Member]));
        Assert.That(await RecordedAsync(user.Id), Is.Empty);
    }

    [TestCase("admin", "grace@example.com", Password, "username: not_allowed")]
    [TestCase("", null, Password, "email: required")]
    [TestCase("", "grace@example.com", null, "password: required")]
    [TestCase(null, "grace@example.com", Password, "username: required")]
    public async Task Validates_like_registration(string? name, string? email, string? password, string error)
    {
        var field = (await SeedAsync(name?.Length == 0 ? _name : name, email, password))!.Fields!.Single();

        Assert.That($"{field.Path[0]}: {field.Code}", Is.EqualTo(error));
        Assert.That(await FindAsync(), Is.Null);
    }

    [Test]
    public async Task Returns_the_error_of_the_password_policy()
    {
        var error = await SeedAsync(_name, EmailOf(_name), "short");

        Assert.That(error?.Code, Is.EqualTo(AccountErrors.PasswordRejected.Code));
        Assert.That(await FindAsync(), Is.Null);
    }

    [Test]
    public async Task Returns_the_error_when_the_password_cannot_be_hashed()
    {
        Hashing.IsFull = true;

        await FailsAsync(new SeedAdminCommand(), "service_unavailable");

        Assert.That(await FindAsync(), Is.Null);
    }

    [Test]
    public async Task Returns_the_error_when_the_address_belongs_to_another_account()
    {
        await Server.SignUpAsync(Instance.NewName(), EmailOf(_name));

        await FailsAsync(new SeedAdminCommand(), "email_taken");

        Assert.That(await FindAsync(), Is.Null);
    }

    private static string EmailOf(string name) => $"{name}@example.org";

    private static (string Key, string Value)[] Settings(string? username, string? email, string? password) =>
        [
            .. new (string, string?)[] { ("Username", username), ("Email", email), ("Password", password) }
                .Where(setting => setting.Item2 is not null)
                .Select(setting => ($"{Section}:{setting.Item1}", setting.Item2!)),
        ];

    /// <summary>Sends the command on a server with other settings.</summary>
    private static async Task<Error?> SeedAsync(string? username, string? email, string? password)
    {
        await using var server = TestRun.Database.Start(Settings(username, email, password));
        return (await server.SendAsync(new SeedAdminCommand())).Error;
    }

    private Task<Credentials?> FindAsync() => Records.AccountAsync(_name);
}
