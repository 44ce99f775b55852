using System.Net.Http.Json;
using BenchmarkDotNet.Attributes;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Benchmarks;

/// <summary>One read and one write are measured in each layer; the cost of a layer is the difference to the layer below.</summary>
[MemoryDiagnoser]
public class LayerBenchmarks
{
    private Server _server = null!;
    private HttpContext _userContext = null!;

    // The in-process toolchain does not await an asynchronous setup.
    [GlobalSetup]
    public void Start() => StartAsync().Wait();

    private async Task StartAsync()
    {
        _server = await Server.StartAsync();
        var live = new Domain.Sessions.LiveSession(
            _server.SessionId,
            _server.UserId,
            DateTimeOffset.MaxValue,
            new HashSet<string>(),
            new Domain.Sessions.RefreshCounters(0, -1, true)
        );
        _userContext = new DefaultHttpContext();
        _userContext.Features.Set(live);
    }

    [GlobalCleanup]
    public void Stop() => _server.Dispose();

    [Benchmark]
    public Task<TaskItem?> ReadInRepository() =>
        InScopeAsync(services =>
            services.GetRequiredService<ITaskRepository>().ReadAsync(_server.UserId, _server.TaskId, default)
        );

    [Benchmark]
    public Task<Result<TaskDto>> ReadInHandler() =>
        InScopeAsync(services => services.GetRequiredService<IMediator>().Send(new GetTaskQuery(_server.TaskId)));

    [Benchmark]
    public Task<byte[]> ReadOverHttp() => _server.Http.GetByteArrayAsync($"api/v1/tasks/{_server.TaskId}");

    [Benchmark]
    public Task<Result<TaskDto>> WriteInHandler() =>
        InScopeAsync(services =>
            services.GetRequiredService<IMediator>().Send(new CreateTaskCommand(new TaskInput("Run")))
        );

    [Benchmark]
    public async Task<int> WriteOverHttp()
    {
        using var answer = await _server.Http.PostAsJsonAsync("api/v1/tasks", new { title = "Run" });
        return (int)answer.StatusCode;
    }

    [Benchmark]
    public Task<byte[]> ListOverHttp() => _server.Http.GetByteArrayAsync("api/v1/tasks?limit=50");

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> use)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        _server.Services.GetRequiredService<IHttpContextAccessor>().HttpContext = _userContext;
        return await use(scope.ServiceProvider);
    }
}
