using System.Text.Json;
using Fitnessify.Application.Admin;
using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Testing;

/// <summary>Calls of the tests for admins.</summary>
internal static class AdminCalls
{
    public const string Users = "/api/v1/admin/users";
    public const string AllRoles = "/api/v1/admin/roles";
    public const string AuditEvents = "/api/v1/admin/audit-events";
    public const string Export = "/api/v1/users/me/export";

    /// <summary>All actions on one user, without the roles.</summary>
    public static readonly string[] Acts = ["disable", "enable", "reset-mfa", "sign-out", "unlock"];

    /// <summary>Creates a user with this role who was signed in before getting it.</summary>
    public static async Task<ApiClient> SignedInAsAsync(this Api api, string role)
    {
        var client = await api.SignedInAsync();
        if (role != Roles.Member)
        {
            await api.GrantAsync(client.Person, role);
        }

        return client;
    }

    /// <summary>Grants a role as the command grant-role does.</summary>
    public static async Task GrantAsync(this Api api, Person person, string role)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var sender = scope.ServiceProvider.GetRequiredService<IMediator>();
        var granted = await sender.Send(new GrantRoleCommand(person.Username, role));
        Assert.That(granted.Error, Is.Null);
    }

    /// <summary>Adds a role that no migration creates.</summary>
    public static Task AddRoleAsync(this Api api, string name, params string[] permissions) =>
        api.InDatabaseAsync(async context =>
        {
            var role = new IdentityRole<Guid>
            {
                Id = Guid.CreateVersion7(),
                Name = name,
                NormalizedName = name.ToUpperInvariant(),
            };
            context.Roles.Add(role);
            context.RoleClaims.AddRange(
                permissions.Select(permission => new IdentityRoleClaim<Guid>
                {
                    RoleId = role.Id,
                    ClaimType = "permission",
                    ClaimValue = permission,
                })
            );
            await context.SaveChangesAsync();
        });

    public static async Task<Guid> IdAsync(this ApiClient client) =>
        (await client.ReadJsonAsync(ApiClient.Me)).GetProperty("id").GetGuid();

    public static async Task<JsonElement> ReadJsonAsync(this ApiClient client, string path)
    {
        using var response = await client.GetAsync(path);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"), path);
        return await response.JsonAsync();
    }

    /// <summary>Executes roles, disable, enable, reset-mfa, sign-out, unlock or delete, and returns the outcome.</summary>
    public static async Task<string> ActAsync(this ApiClient client, string act, Guid id, params string[] roles)
    {
        using var response = act switch
        {
            "roles" => await client.PutAsync($"{Users}/{id}/roles", new { roles }),
            "delete" => await client.DeleteAsync($"{Users}/{id}"),
            _ => await client.PostAsync($"{Users}/{id}/{act}"),
        };
        return await response.OutcomeAsync();
    }

    /// <summary>Returns the outcome of a request for the own account with the current token.</summary>
    public static async Task<string> OutcomeOfAsync(this ApiClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return await response.OutcomeAsync();
    }
}
