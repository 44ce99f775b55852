namespace Fitnessify.WebApi.Tests.Pages;

/// <summary>The pages behind the mailed links; their behavior is tested in a browser.</summary>
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
    public async Task The_pages_support_GET_and_HEAD_and_load_nothing_from_elsewhere(string file, string type)
    {
        using var get = await Api.Shared.Anonymous().GetAsync($"/account/{file}");
        using var head = await Api.Shared.Anonymous().SendAsync("HEAD", $"/account/{file}");
        var content = await get.Content.ReadAsByteArrayAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(content, Is.Not.Empty);
            Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
            foreach (var response in (HttpResponseMessage[])[get, head])
            {
                Assert.That((int)response.StatusCode, Is.EqualTo(200));
                Assert.That(response.Header("Content-Type"), Is.EqualTo(type));
                Assert.That(response.Header("Content-Length"), Is.EqualTo($"{content.Length}"));
                Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-cache"));
                Assert.That(
                    response.Header("Content-Security-Policy"),
                    Is.EqualTo(
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    )
                );
                Assert.That(response.Header("Referrer-Policy"), Is.EqualTo("no-referrer"));
                Assert.That(response.Header("RateLimit"), Is.Null);
            }
        });
    }

    [Test]
    public async Task The_folder_of_the_pages_cannot_be_listed()
    {
        foreach (var path in (string[])["/account", "/account/", "/account/confirm-email.html", "/account/x.js"])
        {
            using var response = await Api.Shared.Anonymous().GetAsync(path);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"), path);
        }
    }
}
