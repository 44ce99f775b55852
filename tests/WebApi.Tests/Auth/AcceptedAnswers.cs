namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>All that a caller can see of an answer that does not tell whether an address is known.</summary>
internal static class AcceptedAnswers
{
    public static async Task<string> FaceAsync(Api api, string path, string email)
    {
        using var answer = await api.Anonymous().PostAsync(path, new { email });
        return await FaceAsync(answer);
    }

    public static async Task<string> FaceAsync(HttpResponseMessage answer)
    {
        var headers = answer
            .Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "RateLimit"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}\n"
            + string.Join('\n', headers.Order());
    }
}
