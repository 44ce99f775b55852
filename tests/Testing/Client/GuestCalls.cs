using System.Text.Json;
using Fitnessify.Application.Guests;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Testing;

/// <summary>Calls of people who begin without registering.</summary>
internal static class GuestCalls
{
    public const string Guest = "/api/v1/auth/guest";
    public const string Registration = "/api/v1/users/me/registration";

    public static Task<HttpResponseMessage> StartGuestAsync(
        this ApiClient client,
        Guid key,
        string? device = null,
        string? locale = null,
        string? timeZone = null
    ) =>
        client.PostAsync(
            Guest,
            new
            {
                key,
                device,
                locale,
                timeZone,
            }
        );

    /// <summary>Begins as a guest on a new device.</summary>
    public static async Task<ApiClient> GuestAsync(
        this Api api,
        string? device = null,
        string? locale = null,
        string? timeZone = null
    )
    {
        var client = api.Anonymous();
        using var response = await client.StartGuestAsync(Guid.NewGuid(), device, locale, timeZone);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        await client.KeepAsync(response);
        return client;
    }

    /// <summary>Registers the guest who is signed in.</summary>
    public static Task<HttpResponseMessage> RegisterGuestAsync(this ApiClient client, Person person) =>
        client.PutAsync(Registration, person);

    /// <summary>Signs in with the password, and brings along the refresh token of a guest.</summary>
    public static Task<HttpResponseMessage> LoginWithGuestAsync(
        this ApiClient client,
        Person person,
        string guestToken
    ) =>
        client.PostAsync(
            ApiClient.Login,
            new
            {
                login = person.Username,
                password = person.Password,
                guestToken,
            }
        );

    /// <summary>Merges a guest into the account of a person.</summary>
    /// <returns>The device that has signed in.</returns>
    public static async Task<ApiClient> MergedAsync(this Api api, ApiClient guest, Person person)
    {
        var client = api.Anonymous();
        using var response = await client.LoginWithGuestAsync(person, guest.RefreshToken);
        await client.KeepAsync(response);
        Assert.That(await response.IsGuestMergedAsync(), Is.True);
        return client;
    }

    /// <summary>Returns whether a sign-in has merged the guest.</summary>
    public static async Task<bool> IsGuestMergedAsync(this HttpResponseMessage response) =>
        (await response.JsonAsync()).GetProperty("guestMerged").GetBoolean();

    /// <summary>Returns the number of the account's devices.</summary>
    public static async Task<int> SessionCountAsync(this ApiClient client) =>
        (await client.ReadAsync(ApiClient.Sessions)).Items().Count();

    /// <summary>Returns what has changed since a sync token, and the next token.</summary>
    public static async Task<(IReadOnlyList<JsonElement> Items, string Next)> ChangesAsync(
        this ApiClient client,
        string? since = null
    )
    {
        List<JsonElement> items = [];
        JsonElement page;
        do
        {
            page = await client.ReadAsync(TaskCalls.Changes + (since is null ? "" : $"?since={since}"));
            items.AddRange(page.Items());
            since = page.Text("next");
        } while (page.GetProperty("hasMore").GetBoolean());

        return (items, since);
    }

    /// <summary>Purges guests as the nightly job does.</summary>
    public static async Task PurgeGuestsAsync(this Api api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var purged = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new PurgeGuestsCommand());
        Assert.That(purged.Error, Is.Null);
    }
}
