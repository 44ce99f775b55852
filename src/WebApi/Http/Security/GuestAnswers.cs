using Fitnessify.Domain.Sessions;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Fitnessify.WebApi.Http.Security;

/// <summary>
/// Looks at the session of a guest once more before an answer that may be wrong because what the guest had has just become an
/// account's. An app that reads "not found" would forget what it has yet to send.
/// </summary>
internal sealed class GuestAnswers : IAsyncActionFilter
{
    public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next) =>
        context.HttpContext.Features.Get<LiveSession>() is { IsGuest: true } session
            ? AnswerAsync(session, next)
            : next();

    private static async Task AnswerAsync(LiveSession session, ActionExecutionDelegate next)
    {
        var executed = await next();
        var http = executed.HttpContext;
        if (!MayBeWrong(executed))
        {
            return;
        }

        var sessions = http.RequestServices.GetRequiredService<ILiveSessions>();
        if (await sessions.FindAsync(session.Id, http.RequestAborted) is null)
        {
            http.Response.Headers.ETag = default;
            executed.Result = new ProblemResult(SessionErrors.SessionRevoked);
        }
    }

    // What was written was written before the merge, and must not be sent again.
    private static bool MayBeWrong(ActionExecutedContext executed) =>
        executed.HttpContext.Request.Method is "GET" or "HEAD"
        || executed is { Result: ProblemResult }
        || (
            executed is { Result: ObjectResult { Value: BatchResultsBody batch } }
            && batch.Results.Any(of => of.Problem is not null)
        );
}
