using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Fitnessify.Testing;

/// <summary>
/// Google's token endpoint for one service account
/// (https://developers.google.com/identity/protocols/oauth2/service-account). It accepts only a correct assertion.
/// </summary>
internal sealed class TestFcmTokens(string url, TimeProvider clock)
{
    public const string Email = "push@fitnessify-test.iam.gserviceaccount.com";

    private const string Scope = "https://www.googleapis.com/auth/firebase.messaging";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _expiries = new();
    private readonly ConcurrentQueue<string> _secrets = new();
    private int _requests;

    /// <summary>Gets the key of the service account, which is the same for all in this process, because an RSA key costs time.</summary>
    public static SigningKey Key { get; } = SigningKey.Rsa("0123456789abcdef0123456789abcdef01234567");

    /// <summary>Gets the URL of the token endpoint, which speaks HTTP/1.1.</summary>
    public string Url => url;

    /// <summary>Gets the number of requests for a token.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Gets the assertions and the access tokens that have been sent, in order.</summary>
    public IReadOnlyCollection<string> Secrets => _secrets;

    /// <summary>Gets or sets the lifetime of the tokens.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromSeconds(3599);

    /// <summary>Gets or sets what happens in place of issuing a token; null if it is issued.</summary>
    public TestPushFault? Fault { get; set; }

    /// <summary>Gets or sets what the endpoint does before it responds, for instance wait.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    /// <summary>Makes every token that was issued invalid.</summary>
    public void RevokeAll() => _expiries.Clear();

    /// <summary>Returns whether the value of the header <c>Authorization</c> is a valid token.</summary>
    public bool Accepts(string? authorization) =>
        authorization?.Split(' ') is ["Bearer", var token]
        && _expiries.TryGetValue(token, out var expiry)
        && clock.GetUtcNow() < expiry;

    /// <summary>Answers a request for a token.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        var form = await context.Request.ReadFormAsync();
        var assertion = form["assertion"].ToString();
        _secrets.Enqueue(assertion);
        await BeforeAnswer().WaitAsync(context.RequestAborted);
        var accept = () => IssueAsync(context, form["grant_type"].ToString(), assertion);
        await (Fault is null ? accept() : Fault(context, accept));
    }

    private async Task IssueAsync(HttpContext context, string grantType, string assertion)
    {
        var error =
            grantType != "urn:ietf:params:oauth:grant-type:jwt-bearer" ? "unsupported_grant_type"
            : !IsAssertion(assertion) ? "invalid_grant"
            : null;
        if (error is not null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(new { error });
            return;
        }

        var token = $"ya29.{RandomNumberGenerator.GetHexString(64, lowercase: true)}";
        _secrets.Enqueue(token);
        _expiries[token] = clock.GetUtcNow() + Lifetime;
        await context.Response.WriteAsJsonAsync(
            new
            {
                access_token = token,
                expires_in = (int)Lifetime.TotalSeconds,
                token_type = "Bearer",
            }
        );
    }

    private bool IsAssertion(string assertion)
    {
        if (SignedJwt.Verify(assertion, Key) is not { } claims)
        {
            return false;
        }

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var (issuedAt, expiry) = (Number(claims, "iat"), Number(claims, "exp"));
        return Text(claims, "iss") == Email
            && Text(claims, "aud") == url
            && Text(claims, "scope") == Scope
            && issuedAt <= now
            && expiry > now
            // Google permits an hour.
            && expiry - issuedAt <= 3600;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) ? value.GetInt64() : null;
}
