using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>A connection to the server that can be observed and disturbed.</summary>
internal sealed class Line() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentQueue<string> _calls = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _firsts = [];
    private readonly ConcurrentDictionary<string, bool> _expired = [];
    private readonly ConcurrentDictionary<string, string> _bodies = [];

    /// <summary>Gets or sets a function that runs before each call; a response replaces that of the server.</summary>
    public Func<string, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>Gets or sets a function that runs before each call; true means that no response comes, even after a cancellation.</summary>
    public Func<string, bool> Hangs { get; set; } = _ => false;

    /// <summary>Gets or sets a function that runs after each call; true loses the response of the server.</summary>
    public Func<string, bool> Loses { get; set; } = _ => false;

    /// <summary>Creates a response of the server without the server.</summary>
    public static HttpResponseMessage Problem(int status, string code, string? retryAfter = null, string members = "")
    {
        var json = $$"""{"title":"","detail":"","instance":"","status":{{status}},"code":"{{code}}"{{members}}}""";
        var response = Answer(status, "application/problem+json", json);
        if (retryAfter is not null)
        {
            response.Headers.Add("Retry-After", retryAfter);
        }

        return response;
    }

    public static HttpResponseMessage Answer(int status, string type, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };

    /// <summary>From now on the access token counts as expired.</summary>
    public void Expire(TokensDto tokens) => _expired[tokens.AccessToken] = true;

    /// <summary>Returns the last body of the call.</summary>
    public string Body(string call) => _bodies[call];

    /// <summary>Returns how often the call has reached the server.</summary>
    public int Count(string call) => _calls.Count(made => made == call);

    /// <summary>Waits until the call has reached the server for the first time.</summary>
    public Task ReachesServerAsync(string call) => FirstOf(call).Task;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        var token = request.Headers.Authorization?.Parameter ?? "";
        _bodies[call] = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var instead = _expired.ContainsKey(token) ? Problem(401, "token_expired") : Before(call);
        if (instead is not null)
        {
            return instead;
        }

        if (Hangs(call))
        {
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
        }

        _calls.Enqueue(call);
        FirstOf(call).TrySetResult();
        var response = await base.SendAsync(request, cancellationToken);
        if (Loses(call))
        {
            response.Dispose();
            throw new HttpRequestException("The connection was lost.");
        }

        return response;
    }

    private TaskCompletionSource FirstOf(string call) =>
        _firsts.GetOrAdd(call, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
