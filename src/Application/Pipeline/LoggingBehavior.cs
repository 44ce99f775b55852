using System.Diagnostics;
using Fitnessify.Domain.Common;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Application.Pipeline;

/// <summary>Logs the name, the duration and the outcome code of each request, but never its content.</summary>
internal sealed partial class LoggingBehavior<TRequest, TResponse>(ILogger<LoggingBehavior<TRequest, TResponse>> logger)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IOutcome<TResponse>
{
    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        if (!logger.IsEnabled(LogLevel.Debug))
        {
            return await next();
        }

        var started = Stopwatch.GetTimestamp();
        var response = await next();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        LogHandled(typeof(TRequest).Name, elapsed, response.Error?.Code ?? "ok");
        return response;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Request} took {ElapsedMs:0.0} ms: {Outcome}")]
    private partial void LogHandled(string request, double elapsedMs, string outcome);
}
