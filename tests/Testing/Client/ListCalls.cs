using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>Calls of the list tests.</summary>
internal static class ListCalls
{
    public const string Lists = "/api/v1/lists";

    /// <summary>Returns the address of a list.</summary>
    public static string ListPath(this JsonElement list) => $"{Lists}/{list.Text("id")}";

    /// <summary>Creates a list.</summary>
    public static async Task<JsonElement> CreatedListAsync(this ApiClient client, string body = """{"name":"Home"}""")
    {
        using var response = await client.PostRawAsync(Lists, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"), body);
        return await response.JsonAsync();
    }

    /// <summary>Patches a list and returns it.</summary>
    public static async Task<JsonElement> PatchedListAsync(this ApiClient client, JsonElement list, string body)
    {
        using var response = await client.SendJsonAsync("PATCH", list.ListPath(), body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"), body);
        return await response.JsonAsync();
    }

    /// <summary>Deletes a list.</summary>
    public static async Task DeletedListAsync(this ApiClient client, JsonElement list)
    {
        using var response = await client.DeleteAsync(list.ListPath());
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("204"));
    }
}
