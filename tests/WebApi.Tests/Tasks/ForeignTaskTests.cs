using System.Globalization;
using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Tasks;

/// <summary>The task of another user looks like an unknown one.</summary>
public sealed class ForeignTaskTests
{
    private const string Put = """{"title":"Mine"}""";

    [TestCase("GET", "", null)]
    [TestCase("GET", "", null, "If-None-Match", "*")]
    [TestCase("PATCH", "", "{}")]
    [TestCase("PATCH", "", """{"title":"Mine"}""")]
    [TestCase("PATCH", "", """{"title":"Mine"}""", "If-Match", "\"1\"")]
    [TestCase("PATCH", "", """{"title":"Mine"}""", "If-Match", "\"9\"")]
    [TestCase("DELETE", "", null)]
    [TestCase("DELETE", "", null, "If-Match", "\"1\"")]
    [TestCase("PUT", "", Put, "If-Match", "\"1\"")]
    [TestCase("POST", "/restore", "")]
    public async Task A_task_of_another_user_is_not_found_like_an_unknown_one(
        string method,
        string suffix,
        string? body,
        params string[] header
    )
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        foreach (var isTrashed in (bool[])[false, true])
        {
            var task = await owner.CreatedAsync();
            if (isTrashed)
            {
                await owner.TrashedAsync(task);
            }

            var unknown = $"{Guid.NewGuid()}";
            using var foreign = await SendAsync(task.Text("id"));
            using var none = await SendAsync(unknown);
            Assert.That(await none.OutcomeAsync(), Is.EqualTo("404 not_found"));
            Assert.That(
                (await foreign.VisiblePartsAsync()).Replace(task.Text("id"), unknown, StringComparison.Ordinal),
                Is.EqualTo(await none.VisiblePartsAsync())
            );
        }

        Task<HttpResponseMessage> SendAsync(string id)
        {
            (string, string)[] headers = header is [var name, var value] ? [(name, value)] : [];
            var path = $"{TaskCalls.Tasks}/{id}{suffix}";
            return body is null
                ? stranger.SendAsync(method, path, headers)
                : stranger.SendJsonAsync(method, path, body, headers);
        }
    }

    [TestCase("")]
    [TestCase("*")]
    public async Task A_task_of_another_user_cannot_be_created_again(string ifNoneMatch)
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var task = await owner.CreatedAsync();
        (string, string)[] headers = ifNoneMatch == "" ? [] : [("If-None-Match", ifNoneMatch)];
        var unknown = $"{Guid.NewGuid()}";
        using var foreign = await stranger.SendJsonAsync("PUT", task.Path(), Put, headers);
        using var none = await stranger.GetAsync($"{TaskCalls.Tasks}/{unknown}");
        Assert.That(
            (await foreign.VisiblePartsAsync()).Replace(task.Text("id"), unknown, StringComparison.Ordinal),
            Is.EqualTo(await none.VisiblePartsAsync())
        );
        await AssertNothingHappenedAsync(owner, task, stranger);
    }

    [TestCase("""{"op":"patch","id":"<id>","task":{"title":"Mine"}}""")]
    [TestCase("""{"op":"patch","id":"<id>","ifMatch":1,"task":{}}""")]
    [TestCase("""{"op":"delete","id":"<id>"}""")]
    public async Task A_task_of_another_user_is_not_found_like_an_unknown_one_in_a_batch(string operation)
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var task = await owner.CreatedAsync();
        foreach (var atomic in (string[])["true", "false"])
        {
            var foreign = await ResultsAsync(task.Text("id"), atomic);
            Assert.That(foreign, Does.Contain("not_found"));
            Assert.That(foreign, Is.EqualTo(await ResultsAsync($"{Guid.NewGuid()}", atomic)));
        }

        await AssertNothingHappenedAsync(owner, task, stranger);

        async Task<string> ResultsAsync(string id, string atomic)
        {
            using var response = await stranger.PostRawAsync(
                TaskCalls.Batch,
                $$"""{"atomic":{{atomic}},"operations":[{{operation.Replace("<id>", id, StringComparison.Ordinal)}}]}"""
            );
            var results = (await response.JsonAsync()).GetProperty("results");
            var trace = results[0].GetProperty("problem").Text("traceId");
            return response.StatusCode + results.ToString().Replace(trace, "", StringComparison.Ordinal);
        }
    }

    [Test]
    public async Task A_task_of_another_user_cannot_be_created_in_a_batch([Values] bool atomic)
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var task = await owner.CreatedAsync();
        object[] operations =
        [
            new
            {
                op = "create",
                id = task.Text("id"),
                task = new { title = "Mine" },
            },
        ];
        using var response = await stranger.PostAsync(TaskCalls.Batch, new { atomic, operations });
        var result = (await response.JsonAsync()).GetProperty("results")[0];
        Assert.That(result.GetProperty("status").GetInt32(), Is.EqualTo(404));
        Assert.That(result.GetProperty("problem").Text("code"), Is.EqualTo("not_found"));
        await AssertNothingHappenedAsync(owner, task, stranger);
    }

    private static async Task AssertNothingHappenedAsync(ApiClient owner, JsonElement task, ApiClient stranger)
    {
        Assert.That((await owner.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
        Assert.That(await stranger.TitlesAsync(), Is.Empty);
        Assert.That((await stranger.ReadAsync(TaskCalls.Changes)).Items(), Is.Empty);
        Assert.That(
            (await owner.CreatedAsync()).Version().ToString(CultureInfo.InvariantCulture),
            Is.EqualTo("2"),
            "The counter of another user does not change."
        );
    }
}
