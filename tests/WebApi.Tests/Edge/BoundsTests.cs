using System.Text;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Edge;

/// <summary>The maximum cost of the largest body (requirement 35).</summary>
public sealed class BoundsTests
{
    private const string Batch = $"{TaskCalls.Tasks}/batch";

    [Test]
    public async Task Checks_the_length_of_a_list_before_its_elements()
    {
        var client = await Api.Shared.SignedInAsync();
        var megabyte = Encoding.UTF8.GetBytes(
            $$"""{"operations":[{{string.Join(',', Enumerable.Repeat("{}", 349_000))}}]}"""
        );
        using var response = await client.PostRawAsync(Batch, megabyte);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
            Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["#/operations too_long"]));
            Assert.That(response.Content.Headers.ContentLength, Is.LessThan(1000));
        });
    }

    [TestCase(
        """{"operations":[{"op":"create","task":{"title":"a","labels":[<101>]}}]}""",
        "#/operations/0/task/labels"
    )]
    [TestCase("""[<101>]""", "#")]
    [TestCase("""{"a/~b\u0063":[[],[<101>]]}""", "#/a~1~0bc/1")]
    [TestCase("""{"operations":[<100>],"atomic":[<101>]}""", "#/atomic")]
    public async Task Names_the_list_that_is_too_long_at_any_position(string body, string location)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(
            Batch,
            body.Replace("<101>", Items(101)).Replace("<100>", Items(100))
        );
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[$"{location} too_long"]));

        static string Items(int count) => string.Join(',', Enumerable.Repeat("1", count));
    }

    [Test]
    public async Task Lists_at_most_100_errors_and_says_when_there_are_more()
    {
        var client = await Api.Shared.SignedInAsync();
        using var many = await client.PostAsync(Batch, new { operations = Enumerable.Repeat(new { }, 100) });
        using var few = await client.PostAsync(Batch, new { operations = Enumerable.Repeat(new { }, 2) });
        var (response, errors) = (await many.JsonAsync(), await many.ErrorsAsync());
        var other = await few.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(errors, Has.Length.EqualTo(100));
            Assert.That(response.GetProperty("hasMoreErrors").GetBoolean());
            Assert.That(many.Content.Headers.ContentLength, Is.LessThan(64 * 1024));
            Assert.That(other.TryGetProperty("hasMoreErrors", out _), Is.False);
        });
    }

    [TestCase("POST", ApiClient.Login, """{"login":"ann","password":"<>"}""", "#/password")]
    [TestCase(
        "POST",
        ApiClient.Register,
        """{"username":"annabel","email":"a@example.org","password":"<>"}""",
        "#/password"
    )]
    [TestCase("POST", ApiClient.Strength, """{"password":"<>"}""", "#/password")]
    [TestCase(
        "POST",
        "/api/v1/auth/password/reset",
        """{"email":"a@example.org","token":"t","newPassword":"<>"}""",
        "#/newPassword"
    )]
    [TestCase("PUT", ApiClient.Password, """{"currentPassword":"<>","newPassword":"a"}""", "#/currentPassword")]
    [TestCase("PUT", ApiClient.Password, """{"currentPassword":"a","newPassword":"<>"}""", "#/newPassword")]
    [TestCase("POST", ApiClient.Deletion, """{"password":"<>"}""", "#/password")]
    [TestCase("POST", "/api/v1/users/me/export", """{"password":"<>"}""", "#/password")]
    [TestCase("PUT", "/api/v1/users/me/email", """{"newEmail":"a@example.org","password":"<>"}""", "#/password")]
    [TestCase("POST", "/api/v1/users/me/mfa/totp", """{"password":"<>"}""", "#/password")]
    public async Task Does_not_normalize_a_password_of_more_than_1024_characters(
        string method,
        string path,
        string body,
        string location
    )
    {
        var client = await Api.Shared.SignedInAsync();
        // Normalization has to sort combining marks.
        using var longest = await SendAsync(1024);
        using var tooLong = await SendAsync(1025);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await longest.OutcomeAsync(), Is.Not.EqualTo("400 validation_failed"));
            Assert.That(await tooLong.ErrorsAsync(), Is.EqualTo((string[])[$"{location} too_long"]));
        });

        Task<HttpResponseMessage> SendAsync(int length) =>
            client.SendRawAsync(
                method,
                path,
                Encoding.UTF8.GetBytes(
                    body.Replace("<>", string.Concat(Enumerable.Repeat("\u0316\u0301", length))[..length])
                ),
                "application/json"
            );
    }

    [TestCase("status=todo", 21, "status too_long")]
    [TestCase("priority=low", 21, "priority too_long")]
    [TestCase("label=a", 500, "label too_long")]
    public async Task Checks_the_number_of_repeated_parameters_first(string parameter, int times, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync(
            $"{TaskCalls.Tasks}?{string.Join('&', Enumerable.Repeat(parameter, times))}"
        );
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task Refuses_an_overlong_list_of_roles()
    {
        var admin = await Api.Shared.SignedInAsAsync(Roles.Admin);
        using var response = await admin.PutAsync(
            $"/api/v1/admin/users/{Guid.NewGuid()}/roles",
            new { roles = Enumerable.Range(0, 21).Select(number => $"role{number}") }
        );
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["#/roles too_long"]));
    }
}
