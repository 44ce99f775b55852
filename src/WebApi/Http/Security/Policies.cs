using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.Options;

namespace Fitnessify.WebApi.Http.Security;

internal static class Policies
{
    /// <summary>The caller is authenticated, and the session has neither expired nor been revoked.</summary>
    public const string LiveSession = "LiveSession";

    public static void AddBearerAuthentication(this IServiceCollection services)
    {
        services
            .AddAuthentication(AccessTokenFormat.Scheme)
            .AddBearerToken(
                AccessTokenFormat.Scheme,
                options =>
                    options.Events.OnMessageReceived = context =>
                    {
                        context.Token = TokenOf(context.Request);
                        return Task.CompletedTask;
                    }
            );
        services
            .AddOptions<BearerTokenOptions>(AccessTokenFormat.Scheme)
            .Configure<AccessTokenFormat>((options, format) => options.BearerTokenProtector = format);
        services
            .AddAuthorizationBuilder()
            .AddPolicy(
                LiveSession,
                policy => policy.RequireAuthenticatedUser().AddRequirements(new LiveSessionRequirement())
            );
        services.AddScoped<IAuthorizationHandler, LiveSessionHandler>();
        services.AddPermissionPolicies();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusedRequests>();
    }

    /// <summary>The scheme name is case-insensitive (RFC 9110, 11.1), but the framework compares case.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        const string start = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? header[start.Length..] : null;
    }
}

/// <summary>
/// The body may hold a refresh token instead of an access token in the header. The use case refuses a body without one.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AcceptsRefreshTokenAttribute : Attribute;

internal sealed record RefusedAccessToken(Error Error);

/// <summary>All authorization failures use the common problem format.</summary>
internal sealed class RefusedRequests(IOptionsMonitor<BearerTokenOptions> bearer)
    : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _framework = new();

    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (authorizeResult.Succeeded)
        {
            return _framework.HandleAsync(next, context, policy, authorizeResult);
        }

        var error = ErrorFor(context, authorizeResult);
        if (!AcceptsRefreshTokenInBody(context))
        {
            return Problems.WriteAsync(context, error);
        }

        context.Features.Set(new RefusedAccessToken(error));
        return next(context);
    }

    private static bool AcceptsRefreshTokenInBody(HttpContext context) =>
        context.Request.ContentType is not null
        && context.GetEndpoint()?.Metadata.GetMetadata<AcceptsRefreshTokenAttribute>() is not null;

    private Error ErrorFor(HttpContext context, PolicyAuthorizationResult result)
    {
        if (result.Challenged)
        {
            return HasExpiredToken(context) ? SessionErrors.TokenExpired : SessionErrors.Unauthenticated;
        }

        if (
            result.AuthorizationFailure?.FailureReasons.Any(reason => reason.Message == SessionErrors.TokenExpired.Code)
            == true
        )
        {
            return SessionErrors.TokenExpired;
        }

        var hasNoLiveSession =
            result.AuthorizationFailure?.FailedRequirements.OfType<LiveSessionRequirement>().Any() ?? false;
        return hasNoLiveSession ? SessionErrors.SessionRevoked : AdminErrors.PermissionDenied;
    }

    // The framework does not give the reason; a token that can be read but was refused has expired.
    private bool HasExpiredToken(HttpContext context) =>
        Policies.TokenOf(context.Request) is { } token
        && bearer.Get(AccessTokenFormat.Scheme).BearerTokenProtector.Unprotect(token) is not null;
}
