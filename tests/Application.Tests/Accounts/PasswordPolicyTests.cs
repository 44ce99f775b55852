using System.Text;
using Fitnessify.Application.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Moq;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class PasswordPolicyTests
{
    private readonly Mock<IPasswordStrength> _strength = new();

    [TestCase(11, "too_short")]
    [TestCase(12, null)]
    [TestCase(128, null)]
    [TestCase(129, "too_long")]
    public async Task Checks_the_length_of_a_password(int length, string? reason) =>
        Assert.That(await ReasonsAsync(new string('x', length)), Is.EqualTo(Expected(reason)));

    [TestCase(11)]
    [TestCase(129)]
    public async Task Does_not_score_a_password_of_the_wrong_length(int length)
    {
        await ReasonsAsync(new string('x', length));

        _strength.VerifyNoOtherCalls();
    }

    [TestCase(0, "too_weak")]
    [TestCase(2, "too_weak")]
    [TestCase(3, null)]
    [TestCase(4, null)]
    public async Task Checks_the_score_of_a_password(int score, string? reason) =>
        Assert.That(await ReasonsAsync("correct horse battery", score: score), Is.EqualTo(Expected(reason)));

    [TestCase("my nikolas password", true)]
    [TestCase("my NIKOLAS password", true)]
    [TestCase("mynikolaspassword", true)]
    [TestCase("ｎｉｋｏｌａｓ password", true, TestName = "Finds username and local part in full-width letters")]
    [TestCase("\u212Aern.fit password", true, TestName = "Finds username and local part with the Kelvin sign for a K")]
    [TestCase("my Kern.Fit password", true)]
    [TestCase("my nikola password", false)]
    [TestCase("my example.com password", false)]
    public async Task Finds_the_username_and_the_local_part_of_the_address_in_a_password(
        string password,
        bool isContained
    ) => Assert.That(await ReasonsAsync(password), Is.EqualTo(Expected(isContained ? "contains_identity" : null)));

    [TestCase("anna", "anna", "contains_identity")]
    [TestCase("ann", "ann", null)]
    [TestCase("ann", "anna", "contains_identity")]
    [TestCase("anna", "ann", "contains_identity")]
    public async Task Ignores_an_identity_shorter_than_four_characters(
        string username,
        string localPart,
        string? reason
    ) =>
        Assert.That(
            await ReasonsAsync("hosanna in excelsis", username, $"{localPart}@example.com"),
            Is.EqualTo(Expected(reason))
        );

    [Test]
    public async Task Returns_all_reasons_at_once()
    {
        Assert.That(await ReasonsAsync("nikolas"), Is.EqualTo(["too_short", "contains_identity"]));
        Assert.That(await ReasonsAsync("nikolas nikolas", score: 1), Is.EqualTo(["too_weak", "contains_identity"]));
    }

    [Test]
    public async Task Scores_the_whole_password_with_what_an_attacker_knows_about_the_user()
    {
        await ReasonsAsync("correct horse battery");

        string[] context = ["nikolas", "kern.fit@example.com", "kern.fit"];
        _strength.Verify(
            port => port.EstimateAsync("correct horse battery", context, CancellationToken.None),
            Times.Once
        );
    }

    [Test]
    public async Task Reports_when_a_password_cannot_be_scored()
    {
        var error = await CheckAsync("correct horse battery", CommonErrors.ServiceUnavailable);

        Assert.That(error, Is.EqualTo(CommonErrors.ServiceUnavailable));
    }

    [TestCase(8, 0, "x1234567", null)]
    [TestCase(20, 0, "correct horse batte", "too_short")]
    [TestCase(12, 4, "correct horse battery", "too_weak")]
    public async Task The_minimum_length_and_score_come_from_the_configuration(
        int length,
        int score,
        string password,
        string? reason
    )
    {
        var options = new AccountOptions { MinimumPasswordLength = length, MinimumPasswordScore = score };

        Assert.That(await ReasonsAsync(password, score: 3, options: options), Is.EqualTo(Expected(reason)));
    }

    [TestCase("correct horse battery", "same_as_old")]
    [TestCase(
        "ｃｏｒｒｅｃｔ horse battery",
        "same_as_old",
        TestName = "Refuses the old password in full-width letters"
    )]
    [TestCase("Correct horse battery", null)]
    [TestCase("correct horse battery!", null)]
    [TestCase(null, null)]
    public async Task Refuses_the_old_password(string? oldPassword, string? reason) =>
        Assert.That(
            await ReasonsAsync("correct horse battery", oldPassword: oldPassword),
            Is.EqualTo(Expected(reason))
        );

    private async Task<IEnumerable<string>> ReasonsAsync(
        string password,
        string username = "nikolas",
        string email = "kern.fit@example.com",
        int score = 4,
        AccountOptions? options = null,
        string? oldPassword = null
    )
    {
        var error = await CheckAsync(password, new PasswordEstimate(score, []), username, email, options, oldPassword);
        Assert.That(error?.Code, Is.Null.Or.EqualTo("password_rejected"));
        return (IEnumerable<string>?)error?.Details?["reasons"] ?? [];
    }

    private async Task<Error?> CheckAsync(
        string password,
        Result<PasswordEstimate> estimate,
        string username = "nikolas",
        string email = "kern.fit@example.com",
        AccountOptions? options = null,
        string? oldPassword = null
    )
    {
        _strength
            .Setup(port =>
                port.EstimateAsync(
                    password.Normalize(NormalizationForm.FormKC),
                    It.IsAny<IReadOnlyList<string>>(),
                    CancellationToken.None
                )
            )
            .ReturnsAsync(estimate);
        var policy = new PasswordPolicy(options ?? new AccountOptions(), _strength.Object);
        return (await policy.CheckAsync(password, username, email, oldPassword, CancellationToken.None)).Error;
    }

    private static string[] Expected(string? reason) => reason is null ? [] : [reason];
}
