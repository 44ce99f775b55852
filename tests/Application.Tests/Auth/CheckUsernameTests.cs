using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Auth;

public sealed class CheckUsernameTests
{
    private readonly Ports _ports = new() { Credentials = null };

    [TestCase("ann", "ann")]
    [TestCase("  Ann ", "Ann")]
    [TestCase("a.b_c-9", "a.b_c-9")]
    public async Task Finds_a_free_name_available(string typed, string username)
    {
        Assert.That(await CheckAsync(typed), Is.EqualTo(new UsernameAvailabilityDto(username, true, null)));
        Assert.That(_ports.Steps, Is.EqualTo([$"find {username}"]));
    }

    [Test]
    public async Task Finds_the_name_of_somebody_taken()
    {
        _ports.Credentials = new Ports().Credentials;

        Assert.That(
            await CheckAsync(" nikolas "),
            Is.EqualTo(new UsernameAvailabilityDto("nikolas", false, UsernameProblem.Taken))
        );
    }

    [TestCase("ab", UsernameProblem.Invalid)]
    [TestCase("a234567890123456789012345678901", UsernameProblem.Invalid)]
    [TestCase("a b", UsernameProblem.Invalid)]
    [TestCase("ann@example.com", UsernameProblem.Invalid)]
    [TestCase(".ann", UsernameProblem.Invalid)]
    [TestCase("admin", UsernameProblem.Reserved)]
    [TestCase(" ROOT ", UsernameProblem.Reserved)]
    public async Task Looks_up_no_name_that_registration_would_refuse(string typed, UsernameProblem reason)
    {
        Assert.That(await CheckAsync(typed), Is.EqualTo(new UsernameAvailabilityDto(typed.Trim(), false, reason)));
        Assert.That(_ports.Steps, Is.Empty);
    }

    [TestCase("x", "")]
    [TestCase(null, "username: required")]
    [TestCase("", "username: required")]
    [TestCase("   ", "username: required")]
    public void Needs_a_name(string? username, string error) =>
        Assert.That(new CheckUsernameValidator().ErrorTextOf(new CheckUsernameQuery(username!)), Is.EqualTo(error));

    private async Task<UsernameAvailabilityDto?> CheckAsync(string username) =>
        (await new CheckUsernameHandler(_ports).Handle(new CheckUsernameQuery(username), CancellationToken.None)).Value;
}
