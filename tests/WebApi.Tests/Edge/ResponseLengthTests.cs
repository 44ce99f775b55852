namespace Fitnessify.WebApi.Tests.Edge;

public sealed class ResponseLengthTests
{
    [Test]
    public async Task An_answer_says_its_length_also_when_the_one_before_was_longer()
    {
        var client = await Api.Shared.SignedInAsync();
        using var created = await client.PostAsync(
            "/api/v1/tasks",
            new { title = "Run", description = new string('x', 4000) }
        );
        foreach (var path in (string[])["/api/v1/tasks", ApiClient.Me])
        {
            using var answer = await client.GetAsync(path);
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var head = await client.SendAsync(request);
            // HttpClient counts a body that it has read itself.
            Assert.That(
                head.Content.Headers.ContentLength,
                Is.EqualTo((await answer.Content.ReadAsByteArrayAsync()).Length)
            );
        }
    }
}
