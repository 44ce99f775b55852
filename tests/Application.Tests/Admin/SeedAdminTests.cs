using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Admin;

public sealed class SeedAdminTests
{
    private const string Password = "correct horse battery staple";

    private readonly Ports _ports = new() { Credentials = null };

    [Test]
    public async Task Creates_an_admin_with_a_confirmed_address_in_one_save()
    {
        Assert.That((await SeedAsync("grace", "grace@example.com", Password)).Error, Is.Null);

        Assert.That(
            _ports.Added,
            Is.EqualTo(new NewAccount("grace", "grace@example.com", "new hash", Given.Now, EmailConfirmed: true))
        );
        Assert.That(
            _ports.Steps.SkipWhile(step => !step.StartsWith("add", StringComparison.Ordinal)),
            Is.EqualTo(["add grace", "audit Registered", "give me admin+member", "guard", "audit RolesChanged", "save"])
        );
    }

    [Test]
    public async Task Does_nothing_without_settings()
    {
        Assert.That((await SeedAsync(null, null, null)).Error, Is.Null);
        Assert.That(_ports.Steps, Is.Empty);
    }

    [Test]
    public async Task Leaves_alone_who_has_that_name_whatever_else_is_set()
    {
        _ports.Credentials = new Ports().Credentials;
        Assert.That((await SeedAsync("grace", null, null)).Error, Is.Null);
        Assert.That(_ports.Steps, Is.EqualTo(["find grace"]));
    }

    [TestCase("admin", "grace@example.com", Password, "username: not_allowed")]
    [TestCase("grace", null, Password, "email: required")]
    [TestCase("grace", "grace@example.com", null, "password: required")]
    [TestCase(null, "grace@example.com", Password, "username: required")]
    public async Task Asks_for_what_registration_asks_for(string? name, string? email, string? password, string error)
    {
        var field = (await SeedAsync(name, email, password)).Error!.Fields!.Single();
        Assert.That($"{field.Path[0]}: {field.Code}", Is.EqualTo(error));
        Assert.That(_ports.Added, Is.Null);
    }

    [Test]
    public async Task Passes_on_what_the_policy_says_of_the_password()
    {
        var error = (await SeedAsync("grace", "grace@example.com", "short")).Error!;
        Assert.That(error.Code, Is.EqualTo(UserErrors.PasswordRejected.Code));
    }

    [Test]
    public async Task Passes_on_that_there_is_no_hash()
    {
        _ports.Hash = Given.Failure;
        Assert.That((await SeedAsync("grace", "grace@example.com", Password)).Error, Is.EqualTo(Given.Failure));
    }

    [Test]
    public async Task Passes_on_that_the_address_belongs_to_somebody_else()
    {
        _ports.Saved = UserErrors.EmailTaken;
        Assert.That((await SeedAsync("grace", "grace@example.com", Password)).Error, Is.EqualTo(UserErrors.EmailTaken));
    }

    private Task<Result> SeedAsync(string? username, string? email, string? password)
    {
        var clock = Given.Clock();
        var options = new SeedAdminOptions
        {
            Username = username,
            Email = email,
            Password = password,
        };
        return new SeedAdminHandler(
            options,
            new RegisterUserValidator(),
            new PasswordPolicy(new PasswordPolicyOptions(), _ports),
            _ports,
            _ports,
            _ports,
            _ports,
            new AdminActs(_ports, _ports, _ports, _ports, _ports, clock),
            clock
        ).Handle(new SeedAdminCommand(), default);
    }
}
