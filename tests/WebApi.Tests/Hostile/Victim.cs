using System.Globalization;
using System.Text.RegularExpressions;

namespace Fitnessify.WebApi.Tests.Hostile;

/// <summary>The user whose tokens, ids and cursors malicious requests use, until none of them is valid any more.</summary>
internal sealed partial class Victim(ApiClient client, Dictionary<string, string> values)
{
    /// <summary>Creates a user with an item in each list.</summary>
    public static async Task<Victim> NewAsync(Api api, ApiClient admin)
    {
        var (client, other) = (await api.SignedInAsync(), await api.SignedInAsync());
        await other.EnabledAsync(TimeProvider.System);
        var notification = await api.NotifiedAsync(client);
        await client.CreatedAsync();
        var task = await client.CreatedAsync();
        var (page, changes) = (
            await client.ReadAsync($"{TaskCalls.Tasks}?limit=1"),
            await client.ReadAsync($"{TaskCalls.Changes}?limit=1")
        );
        var target = new Victim(
            client,
            new()
            {
                ["username"] = client.Person.Username,
                ["email"] = client.Person.Email,
                ["password"] = client.Person.Password,
                ["admin"] = admin.AccessToken,
                ["user"] = $"{await client.IdAsync()}",
                ["other"] = $"{await other.IdAsync()}",
                ["task"] = task.Text("id"),
                ["version"] = task.Version().ToString(CultureInfo.InvariantCulture),
                ["notification"] = notification.Text("id"),
                ["cursor"] = page.Text("nextCursor"),
                ["syncToken"] = changes.Text("next"),
                ["mfaChallengeToken"] = await api.Anonymous().ChallengeTokenAsync(other.Person),
            }
        );
        target.Keep();
        return target;
    }

    /// <summary>Signs in again, if the account still exists.</summary>
    public async Task<bool> SignInAgainAsync()
    {
        using var response = await client.LoginAsync(client.Person.Username, client.Person.Password);
        if (!response.IsSuccessStatusCode)
        {
            return false;
        }

        await client.KeepAsync(response);
        Keep();
        return true;
    }

    /// <summary>Returns the bytes of the request with the values of this user.</summary>
    public async Task<byte[]> WriteAsync(HostileRequest request)
    {
        if (request.Body?.Contains("{{challengeToken", StringComparison.Ordinal) == true)
        {
            await TakeChallengeTokenAsync(request.Route);
        }

        values["fresh"] = $"{Guid.NewGuid():N}"[..20];
        return request.Write(text => Placeholder().Replace(text, Value));
    }

    private void Keep()
    {
        values["token"] = client.AccessToken;
        values["refreshToken"] = client.RefreshToken;
        values["session"] = $"{client.SessionId}";
    }

    // Each token is valid for one response, except after a wrong code. Once the session has ended there is none, which does
    // not matter.
    private async Task TakeChallengeTokenAsync(string route)
    {
        if (route.EndsWith("/mfa", StringComparison.Ordinal))
        {
            values["challengeToken"] = values["mfaChallengeToken"];
            return;
        }

        using var response = route.Contains("/login/", StringComparison.Ordinal)
            ? await client.PostAsync(PasskeyCalls.LoginOptions)
            : await client.PostAsync(PasskeyCalls.Options, new { password = client.Person.Password });
        values["challengeToken"] = response.IsSuccessStatusCode
            ? (await response.JsonAsync()).Text("challengeToken")
            : "gone";
    }

    private string Value(Match match)
    {
        if (!values.TryGetValue(match.Groups[1].Value, out var value))
        {
            return match.Value;
        }

        var at = match.Groups[3].Success
            ? int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture) % value.Length
            : 0;
        return match.Groups[2].Value switch
        {
            "flip" => $"{value[..at]}{(value[at] == 'A' ? 'B' : 'A')}{value[(at + 1)..]}",
            "cut" => value[..at],
            "drop" => value.Remove(at, 1),
            "double" => value[..at] + value,
            _ => value,
        };
    }

    [GeneratedRegex(@"\{\{(\w+)(?::(\w+):(\d+))?\}\}")]
    private static partial Regex Placeholder();
}
