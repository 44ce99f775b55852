using Fitnessify.Application.Auth;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.WebApi.Http.RateLimits;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Fitnessify.WebApi.Http.Security;

internal sealed class LiveSessionRequirement : IAuthorizationRequirement;

/// <summary>Authorization loads the session once and keeps it for the request.</summary>
internal sealed class LiveSessionHandler(ILiveSessions sessions, EndedSessions ended, IMediator sender)
    : AuthorizationHandler<LiveSessionRequirement>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        LiveSessionRequirement requirement
    )
    {
        if (context.Resource is not HttpContext http || context.User.Identity is not { IsAuthenticated: true })
        {
            return;
        }

        if (AccessTokenFormat.Read(context.User) is not { } token)
        {
            // The token was issued by an earlier version.
            context.Fail(new AuthorizationFailureReason(this, SessionErrors.TokenExpired.Code));
            return;
        }

        var method = http.Request.Method;
        var isWrite = !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);
        var found = await sessions.UseAsync(token, isWrite, http.RequestAborted);
        if (found.IsSuccess)
        {
            http.Features.Set(found.Value);
            context.Succeed(requirement);
        }
        else if (found.Error == SessionErrors.TokenExpired)
        {
            context.Fail(new AuthorizationFailureReason(this, found.Error.Code));
        }
        else if (found.Error == SessionErrors.RefreshTokenReused)
        {
            await sender.Send(new RevokeReusedSessionCommand(token.SessionId), http.RequestAborted);
        }
        else
        {
            ended.Add(context.User.FindFirst(AccessTokenFormat.SessionIdClaim)!.Value);
        }
    }
}
