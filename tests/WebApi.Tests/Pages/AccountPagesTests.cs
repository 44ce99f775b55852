namespace Fitnessify.WebApi.Tests.Pages;

/// <summary>What is behind the links; how the pages behave is for a browser to test.</summary>
public sealed class AccountPagesTests
{
    [TestCase("confirm-email", "text/html; charset=utf-8")]
    [TestCase("reset-password", "text/html; charset=utf-8")]
    [TestCase("authenticators", "text/html; charset=utf-8")]
    [TestCase("account.css", "text/css; charset=utf-8")]
    [TestCase("account.js", "text/javascript; charset=utf-8")]
    [TestCase("confirm-email.js", "text/javascript; charset=utf-8")]
    [TestCase("reset-password.js", "text/javascript; charset=utf-8")]
    [TestCase("authenticators.js", "text/javascript; charset=utf-8")]
    public async Task Are_there_for_GET_and_HEAD_and_take_nothing_from_elsewhere(string file, string type)
    {
        using var get = await Api.Shared.Anonymous().GetAsync($"/account/{file}");
        using var head = await Api.Shared.Anonymous().SendAsync("HEAD", $"/account/{file}");
        var content = await get.Content.ReadAsByteArrayAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(content, Is.Not.Empty);
            Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
            foreach (var answer in (HttpResponseMessage[])[get, head])
            {
                Assert.That((int)answer.StatusCode, Is.EqualTo(200));
                Assert.That(answer.Header("Content-Type"), Is.EqualTo(type));
                Assert.That(answer.Header("Content-Length"), Is.EqualTo($"{content.Length}"));
                Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-cache"));
                Assert.That(
                    answer.Header("Content-Security-Policy"),
                    Is.EqualTo(
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    )
                );
                Assert.That(answer.Header("Referrer-Policy"), Is.EqualTo("no-referrer"));
                Assert.That(answer.Header("RateLimit"), Is.Null);
            }
        });
    }

    [Test]
    public async Task Are_no_folder_to_look_around_in()
    {
        foreach (var path in (string[])["/account", "/account/", "/account/confirm-email.html", "/account/x.js"])
        {
            using var answer = await Api.Shared.Anonymous().GetAsync(path);
            Assert.That(await answer.OutcomeAsync(), Is.EqualTo("404 not_found"), path);
        }
    }
}
