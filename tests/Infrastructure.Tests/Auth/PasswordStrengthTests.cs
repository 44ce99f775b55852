using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Telemetry;

namespace Fitnessify.Infrastructure.Tests.Auth;

public sealed class PasswordStrengthTests : IDisposable
{
    private readonly HashingGate _gate = new(
        new AccountOptions { HashingConcurrency = 1 },
        new ServerMetrics(TimeProvider.System),
        TimeProvider.System
    );
    private readonly PasswordStrength _strength;

    public PasswordStrengthTests() => _strength = new PasswordStrength(_gate);

    public void Dispose()
    {
        _gate.Dispose();
        _strength.Dispose();
    }

    [TestCase("password1234", 0, 1)]
    [TestCase("qwertyuiop12", 0, 1)]
    [TestCase("aaaaaaaaaaaa", 0, 1)]
    [TestCase("abababababab", 0, 0)]
    [TestCase("a1a1a1a1a1a1", 0, 0)]
    [TestCase("xyxyxyxyxyxyxyxy", 0, 0)]
    [TestCase("ab-ab-ab-ab-ab", 0, 0)]
    [TestCase("a.b-a_b+a.b!a*b", 0, 1)]
    [TestCase("dragon dragon dragon", 0, 1)]
    [TestCase("q*zq*zq*zq*zq*zq*z", 0, 1)]
    [TestCase("abababababab7Kq", 0, 2)]
    [TestCase("TSRQPOmnopqrstuv", 0, 2)]
    [TestCase("elcycrotom21", 0, 2)]
    [TestCase("fitnessify2026", 0, 2)]
    [TestCase("correct horse battery staple", 4, 4)]
    [TestCase("vX9#mQ2!kTr7", 4, 4)]
    public async Task A_password_gets_its_expected_score(string password, int least, int most) =>
        Assert.That(await ScoreAsync(password), Is.InRange(least, most));

    [Test]
    public async Task Words_that_an_attacker_knows_about_the_user_lower_the_score()
    {
        const string username = "zoltankaramazov";

        Assert.That(await ScoreAsync(username), Is.GreaterThanOrEqualTo(3));
        Assert.That(await ScoreAsync(username, username), Is.Zero);
    }

    [Test]
    public async Task The_longest_password_is_scored_by_its_beginning()
    {
        var beginning = "vX9#mQ2!kTr7".PadRight(72, 'a');

        Assert.That(await ScoreAsync(beginning.PadRight(128, 'b')), Is.EqualTo(await ScoreAsync(beginning)));
    }

    [TestCase("password", PasswordWeakness.CommonWord)]
    [TestCase("p4ssw0rd", PasswordWeakness.Substitution)]
    [TestCase("rtyhgfvbn", PasswordWeakness.KeyboardPattern)]
    [TestCase("##########", PasswordWeakness.Repetition)]
    [TestCase("q*zq*zq*zq*z", PasswordWeakness.Repetition)]
    [TestCase("lmnopqrstuv", PasswordWeakness.Sequence)]
    [TestCase("13.9.1987", PasswordWeakness.Date)]
    public async Task The_weaknesses_of_a_password_are_reported(string password, PasswordWeakness weakness) =>
        Assert.That((await EstimateAsync(password)).Weaknesses, Is.EqualTo([weakness]));

    [Test]
    public async Task Each_weakness_is_reported_once_and_a_random_password_has_none()
    {
        Assert.That((await EstimateAsync("dragon monkey")).Weaknesses, Is.EqualTo([PasswordWeakness.CommonWord]));
        Assert.That((await EstimateAsync("wxjrpvkbmdhq")).Weaknesses, Is.Empty);
    }

    private async Task<int> ScoreAsync(string password, params string[] context) =>
        (await EstimateAsync(password, context)).Score;

    private async Task<PasswordEstimate> EstimateAsync(string password, params string[] context) =>
        (await _strength.EstimateAsync(password, context, default)).Value!;
}
