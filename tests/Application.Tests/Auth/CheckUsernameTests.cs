using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Auth;

public sealed class CheckUsernameTests : UseCaseTests
{
    [TestCase("")]
    [TestCase(".b_c-9")]
    public async Task Reports_an_unused_name_as_available(string end)
    {
        var name = Instance.NewName() + end;

        Assert.That(await CheckAsync($"  {name} "), Is.EqualTo(new UsernameAvailabilityDto(name, true, null)));
    }

    [Test]
    public async Task Reports_a_used_name_as_taken_in_any_case()
    {
        var name = (await SignUpAsync()).Username;

        Assert.That(
            await CheckAsync($" {name.ToUpperInvariant()} "),
            Is.EqualTo(new UsernameAvailabilityDto(name.ToUpperInvariant(), false, UsernameProblem.Taken))
        );
    }

    [TestCase("ab", UsernameProblem.Invalid)]
    [TestCase("a234567890123456789012345678901", UsernameProblem.Invalid)]
    [TestCase("a b", UsernameProblem.Invalid)]
    [TestCase("ann@example.com", UsernameProblem.Invalid)]
    [TestCase(".ann", UsernameProblem.Invalid)]
    [TestCase("admin", UsernameProblem.Reserved)]
    [TestCase(" ROOT ", UsernameProblem.Reserved)]
    public async Task Does_not_look_up_a_name_that_registration_would_refuse(string typed, UsernameProblem reason)
    {
        var commands = Server.Commands.Listen();

        Assert.That(await CheckAsync(typed), Is.EqualTo(new UsernameAvailabilityDto(typed.Trim(), false, reason)));
        Assert.That(commands, Is.Empty);
    }

    [TestCase("x", "")]
    [TestCase(null, "username: required")]
    [TestCase("", "username: required")]
    [TestCase("   ", "username: required")]
    public void Requires_a_name(string? username, string error) =>
        Assert.That(new CheckUsernameValidator().ErrorTextOf(new CheckUsernameQuery(username!)), Is.EqualTo(error));

    private async Task<UsernameAvailabilityDto?> CheckAsync(string username) =>
        (await SendAsync(new CheckUsernameQuery(username))).Value;
}
