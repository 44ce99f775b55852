using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Moq;

namespace Fitnessify.Application.Tests.Auth;

public sealed class RatePasswordTests
{
    private const string Good = "correct horse battery";

    private static readonly string[] BadNames = [.. BadText.InLines.Select(bad => bad.Name)];

    private readonly Mock<IPasswordStrength> _strength = new();

    [Test]
    public async Task Returns_no_reasons_for_an_acceptable_password()
    {
        var rated = (await RateAsync(new RatePasswordQuery(Good), 3, PasswordWeakness.CommonWord)).Value!;

        Assert.That((rated.Score, rated.Acceptable), Is.EqualTo((3, true)));
        Assert.That(rated.Reasons.Concat(rated.Suggestions), Is.Empty);
    }

    [TestCase("short", 4, "too_short")]
    [TestCase("short", 0, "too_short too_weak")]
    [TestCase(Good, 2, "too_weak")]
    [TestCase("my nikolas horse", 4, "contains_identity")]
    [TestCase("my niko.kern horse", 1, "too_weak contains_identity")]
    [TestCase("nikolas", 0, "too_short too_weak contains_identity")]
    public async Task Returns_the_score_with_all_reasons_and_a_suggestion_for_each(
        string password,
        int score,
        string reasons
    )
    {
        var query = new RatePasswordQuery(password, " nikolas ", "niko.kern@example.com");

        var rated = (await RateAsync(query, score)).Value!;

        Assert.That((rated.Score, rated.Acceptable), Is.EqualTo((score, false)));
        Assert.That(rated.Reasons, Is.EqualTo(reasons.Split(' ')));
        Assert.That(rated.Suggestions, Is.Unique.And.Count.EqualTo(rated.Reasons.Count));
    }

    [Test]
    public async Task Reports_a_password_that_is_too_long()
    {
        var rated = (await RateAsync(new RatePasswordQuery(new string('x', 129)), 4)).Value!;

        Assert.That(rated.Reasons, Is.EqualTo(["too_long"]));
        Assert.That(rated.Suggestions, Is.EqualTo(["Make it shorter."]));
    }

    [Test]
    public async Task Has_a_distinct_suggestion_for_every_weakness()
    {
        var weaknesses = Enum.GetValues<PasswordWeakness>();

        var rated = (await RateAsync(new RatePasswordQuery(Good), 0, weaknesses)).Value!;

        Assert.That(rated.Suggestions, Is.Unique.And.Count.EqualTo(1 + weaknesses.Length));
        Assert.That(rated.Suggestions, Has.All.Match(@"^[A-Z].*\.$"));
    }

    [TestCase(null, null, "")]
    [TestCase(" ", "", "")]
    [TestCase(" nikolas ", null, "nikolas")]
    [TestCase("nikolas", "kern@exa", "nikolas kern@exa kern")]
    public async Task Considers_the_username_and_address_entered_so_far(string? username, string? email, string context)
    {
        await RateAsync(new RatePasswordQuery(Good, username, email), 4);

        var words = context.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _strength.Verify(
            port =>
                port.EstimateAsync(
                    Good,
                    It.Is<IReadOnlyList<string>>(given => given.Distinct().SequenceEqual(words)),
                    CancellationToken.None
                ),
            Times.Once
        );
    }

    [Test]
    public async Task Reports_when_a_password_cannot_be_scored()
    {
        var result = await RateAsync(new RatePasswordQuery(Good), CommonErrors.ServiceUnavailable);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
    }

    [TestCase(null, null, null, "password: required")]
    [TestCase("", null, null, "password: required")]
    [TestCase(" ", null, null, "password: required")]
    [TestCase("x", null, null, "")]
    [TestCase("x", "", "", "")]
    [TestCase("x", "a b", "half an addr", "", TestName = "Username and email, partly entered")]
    public void Requires_only_a_password(string? password, string? username, string? email, string error) =>
        Assert.That(Errors(password, username, email), Is.EqualTo(error));

    [TestCase(1024, 254, "")]
    [TestCase(1025, 254, "password: too_long")]
    [TestCase(1024, 255, "username: too_long, email: too_long")]
    public void Limits_the_length_of_its_input(int password, int identity, string errors) =>
        Assert.That(
            Errors(new string('p', password), new string('i', identity), new string('i', identity)),
            Is.EqualTo(errors)
        );

    [TestCaseSource(nameof(BadNames))]
    public void Refuses_invalid_text_in_every_member(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(
            Errors(bad, bad, bad),
            Is.EqualTo("password: invalid_format, username: invalid_format, email: invalid_format")
        );
    }

    private static string Errors(string? password, string? username, string? email) =>
        new RatePasswordValidator().ErrorTextOf(new RatePasswordQuery(password!, username, email));

    private Task<Result<PasswordStrengthDto>> RateAsync(
        RatePasswordQuery query,
        int score,
        params PasswordWeakness[] weaknesses
    ) => RateAsync(query, new PasswordEstimate(score, weaknesses));

    private Task<Result<PasswordStrengthDto>> RateAsync(RatePasswordQuery query, Result<PasswordEstimate> estimate)
    {
        _strength
            .Setup(port =>
                port.EstimateAsync(query.Password, It.IsAny<IReadOnlyList<string>>(), CancellationToken.None)
            )
            .ReturnsAsync(estimate);
        return new RatePasswordHandler(new PasswordPolicy(new AccountOptions(), _strength.Object)).Handle(
            query,
            CancellationToken.None
        );
    }
}
