using BenchmarkDotNet.Attributes;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Benchmarks;

/// <summary>Many requests use these parts: tokens, cursors and problem details.</summary>
[MemoryDiagnoser]
public class PartBenchmarks
{
    private static readonly Guid Owner = Guid.NewGuid();

    private Server _server = null!;
    private ISessionTokens _tokens = null!;
    private CursorFormat _cursors = null!;
    private Session _session = null!;
    private string _refreshToken = null!;
    private string _cursor = null!;

    // The in-process toolchain does not await an asynchronous setup.
    [GlobalSetup]
    public void Start() => StartAsync().Wait();

    private async Task StartAsync()
    {
        _server = await Server.StartAsync();
        _tokens = _server.Services.GetRequiredService<ISessionTokens>();
        _cursors = _server.Services.GetRequiredService<CursorFormat>();
        var lifetime = new SessionLifetime(TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(30));
        _session = Session.Start(Owner, "Phone", null, lifetime, DateTimeOffset.UnixEpoch);
        _refreshToken = _tokens.Issue(_session, DateTimeOffset.UnixEpoch).RefreshToken;
        _cursor = WriteCursor();
    }

    [GlobalCleanup]
    public void Stop() => _server.Dispose();

    [Benchmark]
    public object IssueTokens() => _tokens.Issue(_session, DateTimeOffset.UnixEpoch);

    [Benchmark]
    public object? ReadRefreshToken() => _tokens.Read(_refreshToken);

    [Benchmark]
    public string WriteCursor() => _cursors.Write("tasks", Owner, new CursorPosition("638000000000000000", "17"));

    [Benchmark]
    public object? ReadCursor() => _cursors.Read("tasks", Owner, _cursor);

    [Benchmark]
    public Task WriteProblem()
    {
        var context = new DefaultHttpContext { RequestServices = _server.Services };
        context.Response.Body = Stream.Null;
        return Problems.WriteAsync(context, SessionErrors.TokenExpired);
    }
}
