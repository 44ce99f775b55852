using Fitnessify.Domain.Common;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>What a guest is answered whose tasks become those of an account while the request is under way.</summary>
public sealed class GuestAnswersTests
{
    private const string Revoked = "401 session_revoked";

    [TestCase("GET", "")]
    [TestCase("PATCH", """{"title":"Walk"}""")]
    [TestCase("DELETE", "")]
    public async Task A_task_that_was_merged_is_not_answered_as_missing(string method, string body)
    {
        await using var merging = await MergingAsync();
        var task = await merging.Guest.CreatedAsync();

        using var response = await merging.SendAsync(method, task.Path(), body);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo(Revoked));
        Assert.That(response.Headers.ETag, Is.Null);
    }

    [TestCase(TaskCalls.Tasks)]
    [TestCase(TaskCalls.Changes)]
    public async Task A_list_without_what_was_merged_is_not_answered(string path)
    {
        await using var merging = await MergingAsync();
        await merging.Guest.CreatedAsync();

        using var response = await merging.SendAsync("GET", path, "");

        Assert.That(await response.OutcomeAsync(), Is.EqualTo(Revoked));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_batch_that_finds_nothing_any_more_is_not_answered(bool isAtomic)
    {
        await using var merging = await MergingAsync();
        var task = await merging.Guest.CreatedAsync();
        var operation = $$"""{"op":"patch","id":"{{task.Text("id")}}","task":{"title":"Walk"} }""";

        using var response = await merging.SendAsync(
            "POST",
            TaskCalls.Batch,
            $$"""{"atomic":{{(isAtomic ? "true" : "false")}},"operations":[{{operation}}]}"""
        );

        Assert.That(await response.OutcomeAsync(), Is.EqualTo(Revoked));
    }

    [Test]
    public async Task A_guest_is_answered_what_is_missing()
    {
        var guest = await Api.Shared.GuestAsync();

        using var response = await guest.GetAsync($"{TaskCalls.Tasks}/{Guid.NewGuid()}");

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
    }

    private static async Task<Merging> MergingAsync()
    {
        var pause = new Pause();
        var api = Api.Start(services: services =>
            services.AddSingleton(pause).AddTransient(typeof(IPipelineBehavior<,>), typeof(PausingBehavior<,>))
        );
        return new Merging(api, pause, await api.GuestAsync(), await api.Anonymous().RegisteredAsync());
    }

    private sealed class Merging(Api api, Pause pause, ApiClient guest, Person person) : IAsyncDisposable
    {
        public ApiClient Guest => guest;

        /// <summary>Sends a request of the guest, and merges the guest before it is handled.</summary>
        public async Task<HttpResponseMessage> SendAsync(string method, string path, string body)
        {
            pause.Until(() => api.MergedAsync(guest, person));
            return method is "GET" or "DELETE"
                ? await guest.SendAsync(method, path)
                : await guest.SendJsonAsync(method, path, body);
        }

        public ValueTask DisposeAsync() => api.DisposeAsync();
    }

    private sealed class Pause
    {
        private Func<Task>? _act;

        public void Until(Func<Task> act) => _act = act;

        public Task WaitAsync() => Interlocked.Exchange(ref _act, null)?.Invoke() ?? Task.CompletedTask;
    }

    private sealed class PausingBehavior<TRequest, TResponse>(Pause pause, IHttpContextAccessor http)
        : IPipelineBehavior<TRequest, TResponse>
        where TRequest : notnull
        where TResponse : IOutcome<TResponse>
    {
        public async Task<TResponse> Handle(
            TRequest request,
            CancellationToken cancellationToken,
            RequestHandlerDelegate<TResponse> next
        )
        {
            // The commands of jobs go on.
            if (http.HttpContext is not null)
            {
                await pause.WaitAsync();
            }

            return await next();
        }
    }
}
