using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Sessions;
using Microsoft.AspNetCore.Authorization;

namespace Fitnessify.WebApi.Http.Security;

/// <summary>A policy for each permission, under its name.</summary>
internal static class PermissionPolicies
{
    /// <summary>After the handler that finds the live session: handlers run in the order of their registration.</summary>
    public static void AddPermissionPolicies(this IServiceCollection services)
    {
        var authorization = services.AddAuthorizationBuilder();
        foreach (var permission in Permissions.All)
        {
            authorization.AddPolicy(
                permission,
                policy => policy.AddRequirements(new PermissionRequirement(permission))
            );
        }

        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
    }
}

/// <summary>A permission of the user, as it is at the moment, not as it was when the token was issued.</summary>
internal sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

/// <summary>Looks the permission up in the live session.</summary>
internal sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(
        AuthorizationHandlerContext context,
        PermissionRequirement requirement
    )
    {
        if (
            context.Resource is HttpContext http
            && http.Features.Get<LiveSession>() is { } session
            && session.Permissions.Contains(requirement.Permission)
        )
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
