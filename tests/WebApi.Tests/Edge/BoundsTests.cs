using System.Text;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Edge;

/// <summary>What the largest body can cost (requirement 35).</summary>
public sealed class BoundsTests
{
    private const string Batch = $"{TaskCalls.Tasks}/batch";

    [Test]
    public async Task Counts_the_elements_of_a_list_before_it_looks_at_them()
    {
        var client = await Api.Shared.SignedInAsync();
        var megabyte = Encoding.UTF8.GetBytes(
            $$"""{"operations":[{{string.Join(',', Enumerable.Repeat("{}", 349_000))}}]}"""
        );
        using var answer = await client.PostRawAsync(Batch, megabyte);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await answer.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
            Assert.That(await answer.ErrorsAsync(), Is.EqualTo((string[])["#/operations too_long"]));
            Assert.That(answer.Content.Headers.ContentLength, Is.LessThan(1000));
        });
    }

    [TestCase(
        """{"operations":[{"op":"create","task":{"title":"a","labels":[<101>]}}]}""",
        "#/operations/0/task/labels"
    )]
    [TestCase("""[<101>]""", "#")]
    [TestCase("""{"a/~b\u0063":[[],[<101>]]}""", "#/a~1~0bc/1")]
    [TestCase("""{"operations":[<100>],"atomic":[<101>]}""", "#/atomic")]
    public async Task Names_the_list_that_is_too_long_wherever_it_is(string body, string place)
    {
        var client = await Api.Shared.SignedInAsync();
        using var answer = await client.PostRawAsync(
            Batch,
            body.Replace("<101>", Items(101)).Replace("<100>", Items(100))
        );
        Assert.That(await answer.ErrorsAsync(), Is.EqualTo((string[])[$"{place} too_long"]));

        static string Items(int count) => string.Join(',', Enumerable.Repeat("1", count));
    }

    [Test]
    public async Task Lists_at_most_100_errors_and_says_that_there_are_more()
    {
        var client = await Api.Shared.SignedInAsync();
        using var many = await client.PostAsync(Batch, new { operations = Enumerable.Repeat(new { }, 100) });
        using var few = await client.PostAsync(Batch, new { operations = Enumerable.Repeat(new { }, 2) });
        var (answer, errors) = (await many.JsonAsync(), await many.ErrorsAsync());
        var other = await few.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(errors, Has.Length.EqualTo(100));
            Assert.That(answer.GetProperty("hasMoreErrors").GetBoolean());
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
    public async Task Normalizes_no_password_of_more_than_1024(string method, string path, string body, string place)
    {
        var client = await Api.Shared.SignedInAsync();
        // Combining marks, which normalization has to sort.
        using var longest = await SendAsync(1024);
        using var tooLong = await SendAsync(1025);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await longest.OutcomeAsync(), Is.Not.EqualTo("400 validation_failed"));
            Assert.That(await tooLong.ErrorsAsync(), Is.EqualTo((string[])[$"{place} too_long"]));
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
    public async Task Counts_repeated_parameters_first(string parameter, int times, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var answer = await client.GetAsync(
            $"{TaskCalls.Tasks}?{string.Join('&', Enumerable.Repeat(parameter, times))}"
        );
        Assert.That(await answer.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task Takes_no_endless_list_of_roles()
    {
        var admin = await Api.Shared.SignedInAsAsync(Roles.Admin);
        using var answer = await admin.PutAsync(
            $"/api/v1/admin/users/{Guid.NewGuid()}/roles",
            new { roles = Enumerable.Range(0, 21).Select(number => $"role{number}") }
        );
        Assert.That(await answer.ErrorsAsync(), Is.EqualTo((string[])["#/roles too_long"]));
    }
}
