using Fitnessify.Infrastructure.Security;

namespace Fitnessify.Infrastructure.Tests.Security;

public sealed class PasswordStrengthTests : IDisposable
{
    private readonly HashingGate _gate = new(new HashingGateOptions { HashingConcurrency = 1 });
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
    [TestCase("fitnessify2026", 0, 2)]
    [TestCase("correct horse battery staple", 4, 4)]
    [TestCase("vX9#mQ2!kTr7", 4, 4)]
    public async Task Scores(string password, int least, int most) =>
        Assert.That(await ScoreAsync(password), Is.InRange(least, most));

    [Test]
    public async Task What_an_attacker_knows_about_the_user_lowers_the_score()
    {
        const string username = "zoltankaramazov";

        Assert.That(await ScoreAsync(username), Is.GreaterThanOrEqualTo(3));
        Assert.That(await ScoreAsync(username, username), Is.Zero);
    }

    [Test]
    public async Task Scores_the_longest_password_as_its_beginning()
    {
        var beginning = "vX9#mQ2!kTr7".PadRight(72, 'a');

        Assert.That(await ScoreAsync(beginning.PadRight(128, 'b')), Is.EqualTo(await ScoreAsync(beginning)));
    }

    private async Task<int> ScoreAsync(string password, params string[] context) =>
        (await _strength.ScoreAsync(password, context, default)).Value;
}
