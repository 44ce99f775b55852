namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>Returns everything that a caller can see of a response that does not reveal whether an address is known.</summary>
internal static class AcceptedAnswers
{
    public static async Task<string> VisiblePartsAsync(Api api, string path, string email)
    {
        using var response = await api.Anonymous().PostAsync(path, new { email });
        return await VisiblePartsAsync(response);
    }

    public static async Task<string> VisiblePartsAsync(HttpResponseMessage response)
    {
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Date" or "RateLimit"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}\n"
            + string.Join('\n', headers.Order());
    }
}
