using Fitnessify.Domain.Common;
using Microsoft.AspNetCore.Diagnostics;

namespace Fitnessify.WebApi.Http.Errors;

/// <summary>
/// The handler answers what nothing else handled: a bug, an outage, or a body that the server stopped reading.
/// </summary>
internal sealed partial class UnhandledExceptions(IOutages outages, ILogger<UnhandledExceptions> logger)
    : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        var error = ErrorFor(exception);
        if (exception is BadHttpRequestException && HttpProtocol.IsHttp11(httpContext.Request.Protocol))
        {
            // After an unread body the start of the next request is unknown, but Kestrel would still look for it.
            httpContext.Response.Headers.Connection = "close";
        }

        try
        {
            await Problems.WriteAsync(httpContext, error);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected, so that no response is possible.
        }

        return true;
    }

    private Error ErrorFor(Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return Problems.ForStatus(bad.StatusCode);
        }

        if (outages.IsOutage(exception))
        {
            LogOutage(exception.GetBaseException().Message);
            return CommonErrors.ServiceUnavailable;
        }

        LogUnhandled(exception);
        return HttpErrors.InternalError;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A dependency does not answer: {Reason}")]
    private partial void LogOutage(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unhandled exception")]
    private partial void LogUnhandled(Exception exception);
}
