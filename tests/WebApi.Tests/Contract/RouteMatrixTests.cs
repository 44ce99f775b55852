using Fitnessify.WebApi.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>Who gets what on which route. The routes are those of the running server: each needs a row.</summary>
public sealed class RouteMatrixTests
{
    private const string Unauthenticated = "401 unauthenticated";
    private const string Revoked = "401 session_revoked";
    private const string Invalid = "400 validation_failed";

    // Route, then the outcome for: nobody, somebody signed in, a session that has ended. Bodies are {}.
    private static readonly TestCaseData[] Rows =
    [
        Row("GET /api/v1/users/me", Unauthenticated, "200", Revoked),
        Row("POST /api/v1/auth/login", Invalid, Invalid, Invalid),
        Row("POST /api/v1/auth/logout", Unauthenticated, "204", Revoked),
        Row("POST /api/v1/auth/register", Invalid, Invalid, Invalid),
        Row("GET /health/live", "200", "200", "200"),
        Row("GET /health/ready", "200", "200", "200"),
        Row("GET /openapi/v1.json", "200", "200", "200"),
    ];

    [TestCaseSource(nameof(Rows))]
    public async Task Answers_each_caller(string route, string anonymous, string signedIn, string revoked)
    {
        var user = await Api.Shared.SignedInAsync();
        var ended = await Api.Shared.SignedInAsync();
        using var logout = await ended.PostAsync(ApiClient.Logout);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await OutcomeAsync(Api.Shared.Anonymous(), route), Is.EqualTo(anonymous), "anonymous");
            Assert.That(await OutcomeAsync(user, route), Is.EqualTo(signedIn), "signed in");
            Assert.That(await OutcomeAsync(ended, route), Is.EqualTo(revoked), "revoked session");
        });
    }

    [Test]
    public void Has_a_row_for_each_route_and_none_for_others() =>
        Assert.That(Rows.Select(row => row.Arguments[0]), Is.EquivalentTo(Routes().Keys));

    [Test]
    public void Lets_nobody_in_without_a_token_but_where_it_says_so()
    {
        var openInTable = Rows.Where(row => !Equals(row.Arguments[1], Unauthenticated)).Select(row => row.Arguments[0]);
        var openInCode = Routes().Where(route => IsOpen(route.Value)).Select(route => route.Key);
        Assert.That(openInTable, Is.EquivalentTo(openInCode));
    }

    private static bool IsOpen(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        || endpoint.Metadata.GetMetadata<IAuthorizeData>() is null;

    // HEAD is where GET is; what names no method takes any.
    private static Dictionary<string, RouteEndpoint> Routes() =>
        (
            from endpoint in Api
                .Shared.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.Cast<RouteEndpoint>()
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            where method != "HEAD"
            select (Name: $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}", endpoint)
        ).ToDictionary(route => route.Name, route => route.endpoint);

    private static async Task<string> OutcomeAsync(ApiClient client, string route)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        using var answer = method == "GET" ? await client.GetAsync(path) : await client.PostRawAsync(path, "{}");
        return await answer.OutcomeAsync();
    }

    private static TestCaseData Row(string route, string anonymous, string signedIn, string revoked) =>
        new TestCaseData(route, anonymous, signedIn, revoked).SetArgDisplayNames(route);
}
