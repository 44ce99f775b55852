using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>The server may or may not have executed the request: the connection broke, or the status was 500 or more.</summary>
internal sealed class OutcomeUnknownException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>An answer has a status below 500.</summary>
internal sealed record Answer(int Status, JsonElement Body)
{
    public bool IsSuccess => Status < 300;

    public string? Code => Body.ValueKind == JsonValueKind.Object ? Body.Text("code") : null;
}

/// <summary>The caller sends requests to one server, which may be replaced by a new process after a fault.</summary>
internal sealed class Caller(Tally tally, Windows windows)
{
    // A request that takes longer counts as a request without an answer.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private HttpClient _http = new();

    public ServerProcess Server
    {
        get;
        set
        {
            field = value;
            _http = new HttpClient(value.Handler, disposeHandler: false)
            {
                BaseAddress = value.Address,
                Timeout = Timeout,
            };
        }
    } = null!;

    /// <summary>A server that is killed can cause each of these exceptions, depending on the moment.</summary>
    public static bool IsConnectionFailure(Exception exception) =>
        exception
            is HttpRequestException
                or IOException
                or SocketException
                or OperationCanceledException
                or ObjectDisposedException;

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        var since = Stopwatch.GetTimestamp();
        var failure = "";
        try
        {
            using var request = new HttpRequestMessage(method, $"api/v1/{path}");
            request.Content = body is null ? null : JsonContent.Create(body);
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            var status = (int)answer.StatusCode;
            if (status < 500)
            {
                return new Answer(status, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
            }

            failure = $"{status} to {method} {path}";
            // A fault never explains a status 500, which is always a bug.
            tally.RecordFailure(failure, status != 500 && windows.Explains(since));
        }
        catch (Exception exception) when (IsConnectionFailure(exception))
        {
            failure = $"{exception.GetBaseException().Message} ({method} {path})";
            tally.RecordFailure(failure, windows.Explains(since));
        }

        throw new OutcomeUnknownException(failure);
    }

    public async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            try
            {
                using var answer = await _http.GetAsync("health/ready", cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception exception) when (IsConnectionFailure(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        } while (await pace.WaitForNextTickAsync(cancellationToken));
    }
}

internal static class JsonReading
{
    public static string? Text(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetString() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement page) => page.GetProperty("items").EnumerateArray();
}
