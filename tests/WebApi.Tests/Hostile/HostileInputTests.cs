using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Fitnessify.Domain.Accounts;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Observability;
using Fitnessify.WebApi.Tests.Contract;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Serilog.Events;

namespace Fitnessify.WebApi.Tests.Hostile;

/// <summary>
/// Sends malicious requests to every route: broken JSON, unusual characters, boundary numbers, and manipulated headers,
/// queries, cursors and tokens. FITNESSIFY_HOSTILE_REQUESTS sets their number; they are the same each time unless
/// FITNESSIFY_HOSTILE_SEED is set.
/// </summary>
public sealed class HostileInputTests
{
    private const int Size = 30;

    // By then the lists of the user are long and the limits are used up.
    private const int RequestsPerTarget = 300;

    // Kestrel returns these for invalid HTTP: 400, too slow, too long, another version than HTTP/1.1, and the like.
    private static readonly int[] OfKestrel = [400, 408, 411, 413, 414, 417, 431, 501, 505];

    private static readonly int Count = Setting("FITNESSIFY_HOSTILE_REQUESTS", 3000);
    private static readonly int Seed = Setting("FITNESSIFY_HOSTILE_SEED", 1);

    private static readonly Dictionary<string, string?> QuietLog = new()
    {
        ["Serilog:MinimumLevel:Default"] = "Information",
        ["Serilog:MinimumLevel:Override:Microsoft"] = "Information",
        ["Serilog:MinimumLevel:Override:System"] = "Information",
        // Invalid HTTP concerns only Kestrel and the client.
        ["Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Server.Kestrel"] = "Error",
        [$"Serilog:MinimumLevel:Override:{RequestLog.Category}"] = "Warning",
    };

    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentQueue<string> _failures = new();

    [Test]
    public async Task No_request_causes_a_server_error_an_exception_or_an_error_without_a_code()
    {
        var log = new FailureLog();
        await using var api = Api.Start(QuietLog, services => services.AddSingleton<ILogEventSink>(log));
        var routes = await Route.OfAsync(api.Services);
        var requests = new HostileRequests(new ValidBodies(await OpenApiDocument.GetAsync()));
        var corpora = routes.Select(requests.To).ToList();
        var next = -1;
        var workers = Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => SendAsync(api, () => Next()));
        try
        {
            await Task.WhenAll(workers);
        }
        catch (Exception exception) when (!_failures.IsEmpty || log.Lines.Any())
        {
            _failures.Enqueue($"Not even a well-meant request is answered any more: {exception.Message}");
        }

        var counts = _counts.OrderBy(count => count.Key).Select(count => $"{count.Key}: {count.Value}");
        await TestContext.Out.WriteLineAsync(
            $"{Count} hostile requests to {routes.Count} routes. {string.Join(", ", counts)}"
        );
        Assert.Multiple(() =>
        {
            Assert.That(_failures.TakeLast(10), Is.Empty);
            Assert.That(log.Lines.Take(10), Is.Empty);
            Assert.That(_counts.Keys, Is.SupersetOf((string[])["200", "400", "401", "404"]));
        });

        HostileRequest? Next()
        {
            var i = Interlocked.Increment(ref next);
            return i < Count ? corpora[i % corpora.Count].Sample(1, new Rnd((ulong)(Seed + i)), Size).Single() : null;
        }
    }

    private async Task SendAsync(Api api, Func<HostileRequest?> next)
    {
        var admin = await api.SignedInAsAsync(Roles.Admin);
        using var connection = new RawConnection(api.ClientOptions.BaseAddress);
        var target = await Victim.NewAsync(api, admin);
        var (sent, isLost) = (0, false);
        while (next() is { } request)
        {
            if (++sent % RequestsPerTarget == 0 || (isLost && !await target.SignInAgainAsync()))
            {
                target = await Victim.NewAsync(api, admin);
            }

            var bytes = await target.WriteAsync(request);
            RawAnswer? response;
            try
            {
                response = await connection.SendAsync(bytes, request.IsFramed, request.Method != "HEAD");
            }
            catch (TimeoutException exception)
            {
                // This request hangs.
                _failures.Enqueue($"{exception.Message}\n{Printable(bytes)}");
                continue;
            }

            var outcome = OutcomeOf(request, response, out var complaint);
            _counts.AddOrUpdate(outcome.Split(' ')[0], 1, (_, count) => count + 1);
            isLost = outcome is "401 session_revoked";
            if (complaint is not null)
            {
                _failures.Enqueue($"{complaint}\n{Printable(bytes)}\n=> {outcome} {Printable(response?.Body ?? [])}\n");
            }
        }
    }

    private static string OutcomeOf(HostileRequest request, RawAnswer? response, out string? complaint)
    {
        complaint = null;
        if (response is null)
        {
            complaint = request.IsFramed ? "No answer." : null;
            return "closed";
        }

        if (!response.IsOfApplication)
        {
            complaint = OfKestrel.Contains(response.Status) ? null : "No answer of the application, nor of Kestrel.";
            return $"{response.Status}*";
        }

        if (response.Status >= 500)
        {
            complaint = "A server error.";
        }

        if (response.Status < 400 || request.Method == "HEAD")
        {
            return $"{response.Status}";
        }

        var code = CodeOf(response);
        if (code is null || Problems.StatusOf(ErrorCatalogue.ByCode[code].Kind) != response.Status)
        {
            complaint = "A failure without its code.";
        }

        return $"{response.Status} {code}";
    }

    private static string? CodeOf(RawAnswer response)
    {
        if (response.Header("Content-Type") != Problems.ContentType)
        {
            return null;
        }

        using var problem = JsonDocument.Parse(response.Body);
        var code = problem.RootElement.Text("code");
        return ErrorCatalogue.ByCode.ContainsKey(code) ? code : null;
    }

    private static string Printable(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 3000)));
        return string.Concat(text.Select(one => one is '\n' or (>= ' ' and <= '~') ? $"{one}" : $"\\x{(int)one:x2}"));
    }

    private static int Setting(string name, int fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : fallback;

    /// <summary>Collects what a server logs about its own failures.</summary>
    private sealed class FailureLog : ILogEventSink
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public void Emit(LogEvent logEvent)
        {
            if (logEvent.Exception is not null || logEvent.Level >= LogEventLevel.Error)
            {
                var message = logEvent.RenderMessage(CultureInfo.InvariantCulture);
                _lines.Enqueue($"{logEvent.Level} {message} {logEvent.Exception}");
            }
        }
    }
}
