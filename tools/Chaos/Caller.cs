using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>Nobody knows whether the server has done what it was asked: it broke off, or answered with 500 or more.</summary>
internal sealed class OutcomeUnknownException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>An answer below 500.</summary>
internal sealed record Answer(int Status, JsonElement Body)
{
    public bool IsSuccess => Status < 300;

    public string? Code => Body.ValueKind == JsonValueKind.Object ? Body.Text("code") : null;
}

/// <summary>Talks to one server, whichever process that is at the moment.</summary>
internal sealed class Caller(Tally tally, Windows windows)
{
    // A request that takes longer has no answer.
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

    /// <summary>Whether a server that dies, at one moment or another, can be the cause.</summary>
    public static bool IsOfConnection(Exception exception) =>
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
            // Nothing explains a bug.
            tally.Break(failure, status != 500 && windows.Explain(since));
        }
        catch (Exception exception) when (IsOfConnection(exception))
        {
            failure = $"{exception.GetBaseException().Message} ({method} {path})";
            tally.Break(failure, windows.Explain(since));
        }

        throw new OutcomeUnknownException(failure);
    }

    /// <summary>Waits until the server answers and is ready.</summary>
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
            catch (Exception exception) when (IsOfConnection(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        } while (await pace.WaitForNextTickAsync(cancellationToken));
    }
}

/// <summary>Reads answers.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) ? value.GetString() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement page) => page.GetProperty("items").EnumerateArray();
}
