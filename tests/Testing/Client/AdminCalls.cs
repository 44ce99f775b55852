using System.Text.Json;
using Fitnessify.Application.Admin;
using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Testing;

/// <summary>What the tests of administration ask for again and again.</summary>
internal static class AdminCalls
{
    public const string Users = "/api/v1/admin/users";
    public const string AllRoles = "/api/v1/admin/roles";
    public const string AuditEvents = "/api/v1/admin/audit-events";
    public const string Export = "/api/v1/users/me/export";

    /// <summary>What there is to do to one user, without the roles.</summary>
    public static readonly string[] Acts = ["disable", "enable", "reset-mfa", "sign-out", "unlock"];

    /// <summary>A new user with this role, signed in before they got it.</summary>
    public static async Task<ApiClient> SignedInAsAsync(this Api api, string role)
    {
        var client = await api.SignedInAsync();
        if (role != Roles.Member)
        {
            await api.GrantAsync(client.Person, role);
        }

        return client;
    }

    /// <summary>As the command grant-role does.</summary>
    public static async Task GrantAsync(this Api api, Person person, string role)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var sender = scope.ServiceProvider.GetRequiredService<IMediator>();
        var granted = await sender.Send(new GrantRoleCommand(person.Username, role));
        Assert.That(granted.Error, Is.Null);
    }

    /// <summary>A role that no migration knows.</summary>
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
        using var answer = await client.GetAsync(path);
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"), path);
        return await answer.JsonAsync();
    }

    /// <summary>Roles, disable, enable, reset-mfa, sign-out, unlock or delete; with what came of it.</summary>
    public static async Task<string> ActAsync(this ApiClient client, string act, Guid id, params string[] roles)
    {
        using var answer = act switch
        {
            "roles" => await client.PutAsync($"{Users}/{id}/roles", new { roles }),
            "delete" => await client.DeleteAsync($"{Users}/{id}"),
            _ => await client.PostAsync($"{Users}/{id}/{act}"),
        };
        return await answer.OutcomeAsync();
    }

    /// <summary>What the own account says of the token in use.</summary>
    public static async Task<string> OutcomeOfAsync(this ApiClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return await answer.OutcomeAsync();
    }
}
