using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Users;

public sealed class UpdateMeTests
{
    private readonly Ports _ports = new();

    public UpdateMeTests() => _ports.User = Given.User() with { Id = _ports.Id };

    [TestCase("kern", "kern")]
    [TestCase("  kern ", "kern")]
    [TestCase("Nikolas", "Nikolas", TestName = "Changes the username, also in nothing but its case")]
    public async Task Changes_the_username(string sent, string username)
    {
        var result = await UpdateAsync(new Optional<string?>(sent));

        Assert.That(result.Value?.Username, Is.EqualTo(username));
        Assert.That(_ports.Changes, Is.EqualTo([new AccountChange(Username: username)]));
        Assert.That(_ports.Steps, Is.EqualTo(["change me", "audit UsernameChanged", "save"]));
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(
                    AuditEventType.UsernameChanged,
                    AuditOutcome.Succeeded,
                    _ports.Id,
                    _ports.Id,
                    _ports.SessionId
                ),
            ])
        );
    }

    [TestCase(false, null)]
    [TestCase(true, "nikolas")]
    [TestCase(true, " nikolas ")]
    public async Task Changes_nothing_when_the_username_is_absent_or_the_same(bool isPresent, string? sent)
    {
        var result = await UpdateAsync(isPresent ? new Optional<string?>(sent) : default);

        Assert.That(result.Value?.Username, Is.EqualTo("nikolas"));
        Assert.That(_ports.Changes, Is.Empty);
        Assert.That(_ports.Events, Is.Empty);
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = UserErrors.UsernameTaken;

        var result = await UpdateAsync(new Optional<string?>("kern"));

        Assert.That(result.Error, Is.EqualTo(UserErrors.UsernameTaken));
    }

    [Test]
    public async Task Answers_like_the_door_when_the_user_is_gone()
    {
        _ports.User = null;

        var result = await UpdateAsync(new Optional<string?>("kern"));

        Assert.That(result.Error, Is.EqualTo(SessionErrors.SessionRevoked));
        Assert.That(_ports.Steps, Is.Empty);
    }

    [Test]
    public void An_absent_username_is_fine() => Assert.That(Errors(default), Is.Empty);

    [TestCase("ann", "")]
    [TestCase("  ann  ", "")]
    [TestCase(null, "username: required")]
    [TestCase("", "username: required")]
    [TestCase("   ", "username: required")]
    [TestCase(" ab ", "username: too_short")]
    [TestCase("a234567890123456789012345678901", "username: too_long")]
    [TestCase("ann.", "username: invalid_format")]
    [TestCase(" Admin ", "username: not_allowed")]
    public void Checks_the_username_as_registration_does(string? username, string errors) =>
        Assert.That(Errors(new Optional<string?>(username)), Is.EqualTo(errors));

    private static string Errors(Optional<string?> username) =>
        new UpdateMeValidator().ErrorTextOf(new UpdateMeCommand(username));

    private Task<Result<UserDto>> UpdateAsync(Optional<string?> username) =>
        new UpdateMeHandler(_ports, _ports, _ports, _ports, _ports, Given.Mapper, Given.Clock()).Handle(
            new UpdateMeCommand(username),
            CancellationToken.None
        );
}
