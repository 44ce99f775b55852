namespace Fitnessify.WebApi.Tests.Edge;

public sealed class UnknownParameterFilterTests
{
    [TestCase("GET", "/api/v1/tasks?status[]=todo", "status[] not_allowed")]
    [TestCase("GET", "/api/v1/tasks?limt=5", "limt not_allowed")]
    [TestCase("GET", "/api/v1/tasks?status=todo&_=1&q=a", "_ not_allowed")]
    [TestCase("HEAD", "/api/v1/tasks?limt=5", null)]
    [TestCase("GET", "/api/v1/users/me?fields=id", "fields not_allowed")]
    [TestCase("GET", "/api/v1/tasks/summary?timezone=UTC&zone=UTC", "zone not_allowed")]
    [TestCase("DELETE", "/api/v1/sessions?all=true", "all not_allowed")]
    [TestCase("POST", "/api/v1/notifications/read-all?user=1", "user not_allowed")]
    [TestCase("GET", "/api/v1/tasks?=1", " not_allowed")]
    public async Task Refuses_an_unknown_parameter(string method, string path, string? error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.SendAsync(method, path);
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        if (error is not null)
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
            Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
        }
    }

    [Test]
    public async Task Accepts_known_parameters_in_any_case()
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync("/api/v1/tasks?Status=todo&LIMIT=2");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Reveals_no_parameters_to_anonymous_callers()
    {
        using var response = await Api.Shared.Anonymous().GetAsync("/api/v1/tasks?limt=5");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
    }
}
