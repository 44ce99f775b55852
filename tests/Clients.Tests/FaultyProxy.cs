using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Fitnessify.Clients.Tests;

/// <summary>A proxy between a device and the server that loses, stalls and cuts messages, and responds by itself.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private static readonly string[] Kinds = ["drop", "lose", "stall", "cut", "page", "gateway", "busy", "expired"];

    private readonly HttpListener _listener = new();
    private readonly HttpClient _onward;
    private readonly Random _random;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public FaultyProxy(string target, int seed)
    {
        _onward = new HttpClient { BaseAddress = new Uri(target), Timeout = Timeout.InfiniteTimeSpan };
        _random = new Random(seed);
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public bool IsFaulty { get; set; } = true;

    public ConcurrentDictionary<string, int> Faults { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Close();
        await _serving;
        _onward.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = PassAsync(context);
            }
            catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        try
        {
            await PassAsync(context, Choose());
        }
        catch (Exception failure)
            when (failure
                    is HttpRequestException
                        or HttpListenerException
                        or IOException
                        or OperationCanceledException
                        or InvalidOperationException
            )
        {
            context.Response.Abort();
        }
    }

    private string? Choose()
    {
        lock (_random)
        {
            var fault = IsFaulty && _random.NextDouble() < 0.4 ? Kinds[_random.Next(Kinds.Length)] : null;
            return fault is null || Faults.AddOrUpdate(fault, 1, (_, count) => count + 1) > 0 ? fault : null;
        }
    }

    private async Task PassAsync(HttpListenerContext context, string? fault)
    {
        switch (fault)
        {
            case "drop":
                context.Response.Abort();
                return;
            case "stall":
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return;
            case "page":
                await AnswerAsync(context, 200, "text/html", "<h1>Welcome to the hotel</h1>");
                return;
            case "gateway":
                await AnswerAsync(context, 502, "text/html", "<h1>Bad gateway</h1>");
                return;
            case "busy":
                context.Response.Headers["Retry-After"] = "0";
                await AnswerAsync(context, 429, "application/json", "{}");
                return;
            case "expired" when context.Request.Headers["Authorization"] is not null:
                const string Expired = """{"status":401,"code":"token_expired","detail":"Over."}""";
                await AnswerAsync(context, 401, "application/problem+json", Expired);
                return;
            default:
                await ForwardAsync(context, fault);
                return;
        }
    }

    private async Task ForwardAsync(HttpListenerContext context, string? fault)
    {
        var (request, response) = (context.Request, context.Response);
        using var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), request.RawUrl);
        if (request.HasEntityBody)
        {
            var body = new MemoryStream();
            await request.InputStream.CopyToAsync(body, _stop.Token);
            message.Content = new ByteArrayContent(body.ToArray());
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        foreach (
            var name in request.Headers.AllKeys.Where(name =>
                name is not ("Host" or "Content-Length" or "Content-Type")
            )
        )
        {
            message.Headers.TryAddWithoutValidation(name!, request.Headers[name]);
        }

        using var answer = await _onward.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        if (fault == "lose")
        {
            response.Abort();
            return;
        }

        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (
                name
                is not ("Content-Length" or "Transfer-Encoding" or "Date" or "Server" or "Connection" or "Keep-Alive")
            )
            {
                response.Headers[name] = string.Join(", ", values);
            }
        }

        if (response.StatusCode is 204 or 304)
        {
            response.Close();
            return;
        }

        await CopyAsync(answer, response, fault == "cut");
    }

    private async Task CopyAsync(HttpResponseMessage answer, HttpListenerResponse response, bool isCut)
    {
        response.SendChunked = true;
        await using var from = await answer.Content.ReadAsStreamAsync(_stop.Token);
        var part = new byte[16 * 1024];
        while (await from.ReadAsync(part, _stop.Token) is > 0 and var read)
        {
            await response.OutputStream.WriteAsync(part.AsMemory(0, isCut ? read / 2 : read), _stop.Token);
            await response.OutputStream.FlushAsync(_stop.Token);
            if (isCut)
            {
                response.Abort();
                return;
            }
        }

        response.Close();
    }

    private static async Task AnswerAsync(HttpListenerContext context, int status, string type, string body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }
}
