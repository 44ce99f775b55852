using Fitnessify.WebApi.Http.Observability;

namespace Fitnessify.WebApi.Tests.Operations;

public sealed class LogTests
{
    [Test]
    public async Task Says_what_has_started_without_internal_details()
    {
        var api = Api.Start();
        await api.DisposeAsync();
        Assert.That(api.Log.Lines, Has.One.Contains(" listens on ").And.All.StartsWith("Fitnessify."));
    }

    [Test]
    public async Task Omits_successful_reads_by_default()
    {
        var api = Api.Start(new() { [$"Serilog:MinimumLevel:Override:{RequestLog.Category}"] = "Information" });
        var client = await api.SignedInAsync();
        using var me = await client.GetAsync(ApiClient.Me);
        using var anonymous = await api.Anonymous().GetAsync(ApiClient.Me);

        await api.DisposeAsync();
        var reads = api.Log.Of(RequestLog.Category).Where(line => line.Contains(": GET ", StringComparison.Ordinal));
        Assert.That(me.IsSuccessStatusCode, Is.True);
        Assert.That(reads.ToList(), Has.Count.EqualTo(1).And.All.Contains("GET /api/v1/users/me 401"));
    }

    [Test]
    public async Task Has_one_line_per_request()
    {
        var api = Api.Start();
        var client = await api.SignedInAsync();
        using var me = await client.GetAsync(ApiClient.Me);
        using var unknown = await client.GetAsync("/api/v1/planted?name=planted");
        using var anonymous = await api.Anonymous().GetAsync(ApiClient.Me);
        using var wrongMethod = await api.Anonymous().SendAsync("DELETE", ApiClient.Login);
        var (id, trace) = ((await me.JsonAsync()).Text("id"), (await anonymous.JsonAsync()).Text("traceId"));

        // A line is written after its response was sent, so the server has to stop before all lines are there.
        await api.DisposeAsync();
        var lines = api.Log.Of(RequestLog.Category).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Count.EqualTo(6));
            AssertOne("POST /api/v1/auth/register 201", "null");
            AssertOne("POST /api/v1/auth/login 200", "null");
            AssertOne("GET /api/v1/users/me 200", id);
            AssertOne("GET /api/v1/users/me 401", "null", trace);
            AssertOne("GET (no route) 404", "null");
            AssertOne("DELETE (no route) 405", "null");
            Assert.That(lines, Has.None.Contains("planted"));
            Assert.That(api.Log.Lines, Has.None.Contains("RequestPath"));
        });

        void AssertOne(string start, string user, string trace = "[0-9a-f]{32}") =>
            Assert.That(lines, Has.One.Match($": {Escape(start)} in [0-9.]+ ms, user {Escape(user)}, trace {trace} "));

        static string Escape(string text) => System.Text.RegularExpressions.Regex.Escape(text);
    }
}
