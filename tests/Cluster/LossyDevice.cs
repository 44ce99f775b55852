using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fitnessify.Cluster;

/// <summary>An answer that arrived.</summary>
/// <param name="Token">The token that the request was sent with.</param>
/// <param name="Outcome">The status, followed by the code of a failure.</param>
internal sealed record Reply(string? Token, int Status, string Outcome, JsonElement Body);

/// <summary>A device that calls any of the servers, and loses some of their answers.</summary>
internal sealed class LossyDevice(ServerProcess[] servers, Random random)
{
    // So many in a row are lost only if something is wrong.
    private const int MaxAttempts = 100;

    /// <summary>Gets the probability that an answer gets lost.</summary>
    public double Loss { get; init; } = 0.15;

    /// <summary>Gets after how many milliseconds at most the device hangs up then: about as long as a request takes.</summary>
    public int MaxWait { get; init; } = 12;

    /// <summary>Gets how many milliseconds to wait at most after an answer got lost.</summary>
    public int MaxPause { get; init; } = 1;

    /// <summary>Gets the token of all further requests; null before the first sign-in.</summary>
    public string? AccessToken { get; set; }

    /// <summary>
    /// Gets the sign-in that is to replace the token, or has replaced it: what is refused with the old token is then sent again
    /// with the new one.
    /// </summary>
    public (string OldToken, Task Done)? NextSession { get; set; }

    /// <summary>Gets what was refused with the old token.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Repeats the request until an answer arrives.</summary>
    /// <returns>The answer, and whether earlier ones were lost.</returns>
    public async Task<(Reply Reply, bool IsRepeated)> SendAsync(
        HttpMethod method,
        string path,
        JsonNode? body = null,
        bool canLose = true
    )
    {
        var isRepeated = false;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var reply = await TrySendAsync(method, path, body, canLose);
            if (reply is { Status: 401 } && NextSession is { } next && reply.Token == next.OldToken)
            {
                Refused.Add(reply.Outcome);
                await next.Done;
            }
            else if (reply is not null)
            {
                return (reply, isRepeated);
            }
            else
            {
                isRepeated = true;
                await Task.Delay(random.Next(MaxPause));
            }
        }

        throw new InvalidOperationException($"{method} {path} had no answer in {MaxAttempts} attempts.");
    }

    /// <summary>Sends a request once.</summary>
    /// <returns>The answer; null if it was lost, whether or not the server has done what it was asked for.</returns>
    public async Task<Reply?> TrySendAsync(HttpMethod method, string path, JsonNode? body = null, bool canLose = true)
    {
        var server = servers[random.Next(servers.Length)];
        var isLost = canLose && random.NextDouble() < Loss;
        using var hangUp = new CancellationTokenSource();
        if (isLost)
        {
            hangUp.CancelAfter(random.Next(MaxWait));
        }

        using var http = new HttpClient(server.Handler, disposeHandler: false) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        var token = AccessToken;
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(request, hangUp.Token);
            var text = await response.Content.ReadAsStringAsync(hangUp.Token);
            var json = text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
            var status = (int)response.StatusCode;
            // Under load, the server may ask for a later attempt.
            return isLost || status == 503 ? null : new Reply(token, status, $"{status}{CodeOf(json)}", json);
        }
        catch (OperationCanceledException) when (isLost)
        {
            return null;
        }
    }

    private static string CodeOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var code) ? $" {code}" : "";
}
