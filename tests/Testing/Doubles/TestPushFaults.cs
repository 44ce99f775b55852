using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Fitnessify.Testing;

/// <summary>What a push service does with a request in place of the normal answer, which it may also give.</summary>
internal delegate Task TestPushFault(HttpContext call, Func<Task> accept);

/// <summary>The faults of push services.</summary>
internal static class TestPushFaults
{
    private static readonly byte[] Block = new byte[16 * 1024];

    /// <summary>Gets the answer after a subscription has ended.</summary>
    public static TestPushFault Gone => Status(StatusCodes.Status410Gone);

    /// <summary>Gets a fault without any answer, until the server gives up.</summary>
    public static TestPushFault Silence => (call, _) => Task.Delay(Timeout.InfiniteTimeSpan, call.RequestAborted);

    /// <summary>Gets a fault with a message that was accepted, and a connection that breaks before the answer.</summary>
    public static TestPushFault LostAnswer =>
        async (call, accept) =>
        {
            await accept();
            call.Abort();
        };

    /// <summary>Answers with a status.</summary>
    public static TestPushFault Status(int status, string? retryAfter = null) =>
        (call, _) =>
        {
            call.Response.StatusCode = status;
            if (retryAfter is not null)
            {
                call.Response.Headers.RetryAfter = retryAfter;
            }

            return Task.CompletedTask;
        };

    /// <summary>Sends the server to another address.</summary>
    public static TestPushFault Redirect(string url, int status = StatusCodes.Status307TemporaryRedirect) =>
        (call, _) =>
        {
            call.Response.StatusCode = status;
            call.Response.Headers.Location = url;
            return Task.CompletedTask;
        };

    /// <summary>Answers as usual once a task has ended.</summary>
    public static TestPushFault After(Task task) =>
        async (call, accept) =>
        {
            await task.WaitAsync(call.RequestAborted);
            await accept();
        };

    /// <summary>Sends the headers of an answer and the beginning of its body, and breaks the connection.</summary>
    public static TestPushFault Half(int status) =>
        async (call, _) =>
        {
            call.Response.StatusCode = status;
            call.Response.ContentLength = Block.Length;
            await call.Response.Body.WriteAsync(Block.AsMemory(..10), call.RequestAborted);
            await call.Response.Body.FlushAsync(call.RequestAborted);
            call.Abort();
        };

    /// <summary>Answers with a long body.</summary>
    public static TestPushFault Long(int status, long bytes) =>
        async (call, _) =>
        {
            call.Response.StatusCode = status;
            for (var left = bytes; left > 0; left -= Block.Length)
            {
                await call.Response.Body.WriteAsync(
                    Block.AsMemory(..(int)Math.Min(left, Block.Length)),
                    call.RequestAborted
                );
            }
        };

    /// <summary>Answers with a body that does not end before the server gives up.</summary>
    public static TestPushFault Endless(int status) => Long(status, long.MaxValue);

    /// <summary>Sends the headers of an answer, and then nothing more, until the server gives up.</summary>
    public static TestPushFault Stuck(int status) =>
        async (call, _) =>
        {
            call.Response.StatusCode = status;
            await call.Response.Body.FlushAsync(call.RequestAborted);
            await Task.Delay(Timeout.InfiniteTimeSpan, call.RequestAborted);
        };

    /// <summary>Does this with the first requests, and answers the others as usual.</summary>
    public static TestPushFault First(int requests, TestPushFault fault)
    {
        var count = 0;
        return (call, accept) => Interlocked.Increment(ref count) <= requests ? fault(call, accept) : accept();
    }

    /// <summary>Returns the form of Retry-After that is a date.</summary>
    public static string HttpDate(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);
}
