using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;

namespace Fitnessify.WebApi.Tests.Edge;

public sealed class SecurityHeadersTests
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    [TestCase("GET", ApiClient.Me, 401)]
    [TestCase("GET", "/api/v1/nothing", 404)]
    [TestCase("GET", "/", 404)]
    [TestCase("DELETE", ApiClient.Login, 405)]
    [TestCase("OPTIONS", ApiClient.Login, 405)]
    [TestCase("POST", ApiClient.Login, 415)]
    [TestCase("GET", "/health/live", 200)]
    [TestCase("GET", "/health/ready", 200)]
    [TestCase("GET", "/openapi/v1.json", 200)]
    public async Task Every_response_has_the_security_headers(string method, string path, int status)
    {
        using var response = await Api.Shared.Anonymous().SendAsync(method, path);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        AssertHeaders(response, Is.EqualTo(ApiPolicy));
    }

    [TestCase("/docs", 302)]
    [TestCase("/docs/index.html", 200)]
    [TestCase("/docs/swagger-ui-bundle.js", 200)]
    [TestCase("/docs/nothing", 404)]
    public async Task The_pages_may_run_only_their_own_scripts(string path, int status)
    {
        using var response = await Api.Shared.Anonymous().GetAsync(path);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        AssertHeaders(
            response,
            Does.StartWith("default-src 'none'; script-src 'self' 'sha256-").And.EndWith("frame-ancestors 'none'")
        );
    }

    [Test]
    public async Task The_inline_script_of_the_documentation_page_is_allowed_by_its_hash()
    {
        using var page = await Api.Shared.Anonymous().GetAsync("/docs/index.html");
        // The text is normalized like in a browser, with one kind of line ending.
        var html = (await page.Content.ReadAsStringAsync()).ReplaceLineEndings("\n");
        var scripts = Regex.Matches(html, "<script>(.*?)</script>", RegexOptions.Singleline);
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(scripts.Single().Groups[1].Value)));
        Assert.That(page.Header("Content-Security-Policy"), Does.Contain($"script-src 'self' 'sha256-{hash}';"));
    }

    [Test]
    public async Task The_headers_are_present_on_an_error_response()
    {
        var accounts = new Mock<IAccountRepository>();
        accounts
            .Setup(port => port.FindCredentialsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException());
        await using var api = Api.Start(
            new()
            {
                ["environment"] = "Staging",
                ["Transport:KnownProxies:0"] = "127.0.0.1",
                ["Cors:Origins:0"] = "https://app.example.test",
            },
            services => services.Replace(ServiceDescriptor.Scoped(_ => accounts.Object))
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiClient.Login)
        {
            Content = new StringContent("""{"login":"a","password":"b"}""", null, "application/json"),
        };
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("Origin", "https://app.example.test");
        request.Headers.Host = "api.example.test";
        using var response = await api.Anonymous().SendAsync(request);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("500 internal_error"));
            AssertHeaders(response, Is.EqualTo(ApiPolicy));
            Assert.That(response.Header("Cache-Control"), Does.Contain("no-store"));
            Assert.That(response.Header("Strict-Transport-Security"), Is.Not.Null);
            Assert.That(response.Header("Access-Control-Allow-Origin"), Is.Not.Null);
            Assert.That(response.Header("RateLimit"), Is.Not.Null);
        });
    }

    private static void AssertHeaders(
        HttpResponseMessage response,
        NUnit.Framework.Constraints.IResolveConstraint policy
    ) =>
        Assert.Multiple(() =>
        {
            Assert.That(response.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(response.Header("Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(response.Header("Content-Security-Policy"), policy);
            Assert.That(response.Header("Server"), Is.Null);
            Assert.That(response.Header("X-Powered-By"), Is.Null);
        });
}
