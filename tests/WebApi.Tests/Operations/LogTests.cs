using Fitnessify.Domain.Users;
using Fitnessify.WebApi.Http;
using Fitnessify.WebApi.Tests.Admin;
using Fitnessify.WebApi.Tests.Auth;

namespace Fitnessify.WebApi.Tests.Operations;

public sealed class LogTests
{
    [Test]
    public async Task Holds_no_secret_and_no_address_even_at_Debug_level()
    {
        await using var api = Api.Start(new() { ["Jobs:OverdueScanSeconds"] = "1" }, logsDatabase: true);
        var admin = await api.SignedInAsAsync(Roles.Admin);
        var secrets = new PlantedSecrets(api.Anonymous, admin, new MailFolder(api.MailFolder));
        await secrets.DriveAsync();
        secrets.AssertNoneIn(api.Log.Lines);
    }

    [Test]
    public async Task Has_one_line_for_each_request()
    {
        var api = Api.Start();
        var client = await api.SignedInAsync();
        using var me = await client.GetAsync(ApiClient.Me);
        using var unknown = await client.GetAsync("/api/v1/planted?name=planted");
        using var anonymous = await api.Anonymous().GetAsync(ApiClient.Me);
        using var wrongMethod = await api.Anonymous().SendAsync("DELETE", ApiClient.Login);
        var (id, trace) = ((await me.JsonAsync()).Text("id"), (await anonymous.JsonAsync()).Text("traceId"));

        // A line is written after its answer has gone: the server has to end before all are there.
        await api.DisposeAsync();
        var lines = api.Log.Of<RequestLog>().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Count.EqualTo(6));
            AssertOne("POST /api/v1/auth/register 201", "");
            AssertOne("POST /api/v1/auth/login 200", "");
            AssertOne("GET /api/v1/users/me 200", id);
            AssertOne("GET /api/v1/users/me 401", "", trace);
            AssertOne("GET (no route) 404", "");
            AssertOne("DELETE (no route) 405", "");
            Assert.That(lines, Has.None.Contains("planted"));
        });

        void AssertOne(string start, string user, string trace = "[0-9a-f]{32}") =>
            Assert.That(lines, Has.One.Match($": {Escape(start)} in [0-9.]+ ms, user {Escape(user)}, trace {trace} "));

        static string Escape(string text) => System.Text.RegularExpressions.Regex.Escape(text);
    }
}
