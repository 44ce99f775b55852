using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Sessions;
using Microsoft.AspNetCore.Authorization;

namespace Fitnessify.WebApi.Http.Security;

/// <summary>Each permission has a policy of the same name.</summary>
internal static class PermissionPolicies
{
    /// <summary>
    /// Handlers run in the order of registration, so this must follow the handler that loads the live session.
    /// </summary>
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

/// <summary>The permission is checked as it is now, not as it was when the token was issued.</summary>
internal sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

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
