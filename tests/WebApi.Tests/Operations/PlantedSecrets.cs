using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.WebApi.Tests.Contract;

namespace Fitnessify.WebApi.Tests.Operations;

/// <summary>Sends secrets to every route, in every place where a client may put them, and searches a log for them.</summary>
/// <param name="device">A new device that is not signed in.</param>
/// <param name="admin">A signed-in user with all permissions.</param>
/// <param name="mails">The pickup folder of the server.</param>
internal sealed class PlantedSecrets(Func<ApiClient> device, ApiClient admin, MailFolder mails)
{
    // This is part of every address and password, and of all texts.
    private const string Mark = "planted-";
    private const string Password = "Planted-Kettle-93-Umbrella";
    private const string NewPassword = "Planted-Lantern-58-Orchard";

    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly HashSet<string> _tokens = [];
    private readonly HashSet<string> _codes = [];

    /// <summary>Calls all routes until they succeed, with failures on the way.</summary>
    public async Task CallAllRoutesAsync()
    {
        var document = await OpenApiDocument.GetAsync();
        foreach (var operation in await OpenApiDocument.OperationsAsync())
        {
            var client = operation.Path.Contains("/admin/", StringComparison.Ordinal) ? admin : await SignedInAsync();
            if (operation.Id == "guests_register")
            {
                await BecomeGuestAsync(client);
            }

            var members = MembersOf(operation, document);
            var link = await LinkOfAsync(operation, client);
            await FailAsync(client, operation, members, link);
            var path = await PathOfAsync(operation, client);
            // A due is written in one of two ways.
            var body = members
                .Where(member => member != "dueAt")
                .ToDictionary(
                    member => member,
                    object? (member) => link.GetValueOrDefault(member) ?? ValueOf(member, operation, client)
                );
            using var response = await SendAsync(client, operation, path, JsonSerializer.Serialize(body));
            Assert.That((int)response.StatusCode, Is.InRange(200, 204), $"{operation}");
            using var again = await SendAsync(client, operation, path, JsonSerializer.Serialize(body));
        }
    }

    public void AssertNoneIn(IReadOnlyCollection<string> lines)
    {
        Assert.That(lines, Has.Some.Contains("Executing endpoint"), "The log is at Debug level.");
        var mailed = mails.Read().Select(mail => mail.Link).OfType<Link>().Select(link => link.Token[..60]).ToList();
        Assert.That(mailed, Is.Not.Empty);
        var secrets = SearchValues.Create(
            [Mark, "Authorization: ", "Bearer CfDJ8", .. _tokens, .. mailed],
            StringComparison.OrdinalIgnoreCase
        );
        Assert.That(_codes, Is.Not.Empty);
        // Six digits alone may be anything.
        var code = new Regex($@"code\W{{1,5}}({string.Join('|', _codes)})\b", RegexOptions.IgnoreCase);
        Assert.Multiple(() =>
        {
            Assert.That(lines.Where(line => line.AsSpan().ContainsAny(secrets)), Is.Empty);
            Assert.That(lines.Where(line => code.IsMatch(line)), Is.Empty);
        });
    }

    private async Task<ApiClient> SignedInAsync()
    {
        var client = device();
        var person = Person.Random() with { Email = NewEmail(), Password = Password };
        using var registered = await client.RegisterAsync(person);
        using var wrong = await client.LoginAsync(person.Email, NewPassword);
        using var unknown = await client.LoginAsync(NewEmail(), Password);
        await client.SignInAsync(person);
        Note(client);
        using var refreshed = await client.RefreshAsync();
        await client.KeepAsync(refreshed);
        Note(client);
        return client;
    }

    private async Task BecomeGuestAsync(ApiClient client)
    {
        using var started = await client.StartGuestAsync(Guid.NewGuid());
        await client.KeepAsync(started);
        Note(client);
    }

    private void Note(ApiClient client) => _tokens.UnionWith([client.AccessToken[..60], client.RefreshToken[..60]]);

    // The operation needs a value from a mail or an earlier response.
    private async Task<IReadOnlyDictionary<string, object>> LinkOfAsync(Operation operation, ApiClient client)
    {
        switch (operation.Id)
        {
            case "auth_confirmEmail":
            case "auth_rejectEmail":
                return ValuesOf(await mails.LinkAsync(client.Person.Email, Link.ConfirmEmail));
            case "auth_resetPassword":
                using (await client.PostAsync(AccountLinks.Forgot, new { email = client.Person.Email }))
                {
                    return ValuesOf(await mails.LinkAsync(client.Person.Email, Link.ResetPassword));
                }
            case "mfa_confirmTotp":
                return new Dictionary<string, object> { ["code"] = Note(await client.EnrolledAsync(Clock)).Code() };
            case "mfa_replaceRecoveryCodes":
            case "mfa_disable":
                return new Dictionary<string, object>
                {
                    ["recoveryCode"] = (await EnabledAsync(client)).RecoveryCodes[0],
                };
            case "auth_verifyMfa":
                var app = (await EnabledAsync(client)).App;
                var challengeToken = await client.ChallengeTokenAsync(client.Person);
                _tokens.Add(challengeToken[..60]);
                return new Dictionary<string, object> { ["challengeToken"] = challengeToken, ["code"] = app.Code(1) };
            case "passkeys_add":
                using (var authenticator = PasskeyCalls.Authenticator())
                {
                    return Note(await client.MakeAsync(authenticator, Password));
                }
            case "passkeys_login":
                using (var authenticator = PasskeyCalls.Authenticator())
                {
                    using var added = await client.AddPasskeyAsync(authenticator);
                    return Note(await client.AssertAsync(authenticator));
                }
            case "identities_login":
            case "identities_link":
                return Note(Api.Google.Proof(IdentityCalls.NewSubject(), NewEmail(), name: $"{Mark}name"));
            case "identities_receiveAppleNotification":
                var payload = Api.Apple.EventPayload("email-disabled", IdentityCalls.NewSubject(), Clock.GetUtcNow());
                _tokens.Add(payload[^60..]);
                return new Dictionary<string, object> { ["payload"] = payload };
            case "devices_put":
                var subscription = Api.Push.Subscribe();
                _tokens.UnionWith([subscription.Endpoint, subscription.P256dh, subscription.Auth]);
                return JsonSerializer.Deserialize<Dictionary<string, object>>(
                    subscription.Registration(preview: true)
                )!;
            default:
                return new Dictionary<string, object>();
        }
    }

    // The beginning of a token is the same in all of them.
    private Dictionary<string, object> Note((string Provider, string IdToken, string Nonce) proof)
    {
        _tokens.Add(proof.IdToken[^60..]);
        return new()
        {
            ["provider"] = proof.Provider,
            ["idToken"] = proof.IdToken,
            ["nonce"] = proof.Nonce,
        };
    }

    private static Dictionary<string, object> ValuesOf(Link link) =>
        link.Values.ToDictionary(value => value.Key, object (value) => value.Value);

    private Dictionary<string, object> Note((string ChallengeToken, JsonElement Credential) response)
    {
        _tokens.Add(response.ChallengeToken[..60]);
        return new() { ["challengeToken"] = response.ChallengeToken, ["credential"] = response.Credential };
    }

    private async Task<(Authenticator App, string[] RecoveryCodes)> EnabledAsync(ApiClient client)
    {
        var (app, codes) = await client.EnabledAsync(Clock);
        _tokens.UnionWith(codes);
        return (Note(app), codes);
    }

    private Authenticator Note(Authenticator app)
    {
        _tokens.Add(app.Secret);
        _codes.UnionWith([app.Code(), app.Code(1)]);
        return app;
    }

    private static async Task FailAsync(
        ApiClient client,
        Operation operation,
        IReadOnlyList<string> members,
        IReadOnlyDictionary<string, object> link
    )
    {
        string[] secrets =
        [
            Password,
            client.Person.Email,
            client.AccessToken,
            client.RefreshToken,
            link.GetValueOrDefault("token") as string ?? NewPassword,
        ];
        var path = operation.Path.With($"{client.SessionId}");
        // Each member gets each form, and each form each secret.
        var next = 0;
        foreach (var member in members)
        {
            await SendJsonAsync($$"""{"{{member}}":{"a":"{{Next()}}"} }""");
            await SendJsonAsync($$"""{"{{member}}":["{{Next()}}"]}""");
            await SendJsonAsync($$"""{"{{member}}":"\u0000{{Next()}}"}""");
            await SendJsonAsync($$"""{"{{Next()}}":"{{Next()}}"}""");
            await SendJsonAsync($$"""{"{{member}}":"{{Next()}}" """);
            using var text = await SendAsync(client, operation, path, $"\"{Next()}\"", "text/plain");
        }

        var right = client.AccessToken;
        foreach (var token in (string[])[client.RefreshToken, right + "x", "Planted-token"])
        {
            client.AccessToken = token;
            using var response = await SendAsync(client, operation, path, "{}");
        }

        client.AccessToken = right;

        string Next() => secrets[next++ % secrets.Length];

        async Task SendJsonAsync(string body)
        {
            using var response = await SendAsync(client, operation, path, body);
        }
    }

    private static Task<HttpResponseMessage> SendAsync(
        ApiClient client,
        Operation operation,
        string path,
        string body,
        string type = "application/json"
    )
    {
        return operation.Method switch
        {
            // A stream has no end, so this waits only for its first events.
            "get" => client.OpenAsync(path + QueryOf(operation, client)),
            "delete" => client.DeleteAsync(path),
            var method => client.SendRawAsync(method.ToUpperInvariant(), path, Encoding.UTF8.GetBytes(body), type),
        };
    }

    // The request contains data of the client; requests of admins concern another user, who is deleted afterwards.
    private async Task<string> PathOfAsync(Operation operation, ApiClient client)
    {
        if (!operation.Path.HasParameter())
        {
            return operation.Path;
        }

        var id = operation.Path.Split('/')[3] switch
        {
            "lists" => (await client.CreatedListAsync()).Text("id"),
            "tasks" => (await client.CreatedAsync(TaskCalls.Repeating)).Text("id"),
            "notifications" => await NotifiedIdAsync(client),
            "admin" => $"{await (await SignedInAsync()).IdAsync()}",
            "users" when operation.Id == "identities_unlink" => await LinkedIdAsync(client),
            "users" when operation.Path.Contains("/devices/") => $"{await client.DeviceAsync(Api.Push.Subscribe())}",
            "users" => await PasskeyIdAsync(client),
            _ => $"{client.SessionId}",
        };
        return operation.Path.With(id);
    }

    private static async Task<string> PasskeyIdAsync(ApiClient client)
    {
        using var authenticator = PasskeyCalls.Authenticator();
        using var added = await client.AddPasskeyAsync(authenticator);
        return (await added.JsonAsync()).Text("id");
    }

    private static async Task<string> LinkedIdAsync(ApiClient client)
    {
        using var linked = await client.LinkAsync(Api.Google.Proof(IdentityCalls.NewSubject()));
        return (await linked.JsonAsync()).Text("id");
    }

    private static async Task<string> NotifiedIdAsync(ApiClient client)
    {
        await client.CreatedOverdueAsync($"{Mark}text");
        using var stream = await EventStream.OpenAsync(client, EventStream.FromTheBeginning);
        return (await stream.NotificationAsync()).Text("id");
    }

    // People type anything into a name field and search for anything.
    private static string QueryOf(Operation operation, ApiClient client) =>
        operation.Path switch
        {
            "/api/v1/auth/username-availability" => $"?username={client.Person.Email}",
            "/api/v1/admin/users" => $"?q={Uri.EscapeDataString(client.Person.Email)}",
            "/api/v1/tasks" => $"?q={Mark}search&label={Mark}label",
            _ => "",
        };

    private static string[] MembersOf(Operation operation, JsonElement document)
    {
        if (!operation.Json.TryGetProperty("requestBody", out var body))
        {
            return [];
        }

        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema").Text("$ref");
        return
        [
            .. document
                .GetProperty("components")
                .GetProperty("schemas")
                .GetProperty(schema.Split('/')[^1])
                .GetProperty("properties")
                .Members(),
        ];
    }

    private static object? ValueOf(string member, Operation operation, ApiClient client) =>
        member switch
        {
            "email" when operation.Id == "notificationSettings_set" => true,
            "push" => true,
            "token" when operation.Id == "devices_put" => null,
            "quietFrom" => "22:00",
            "quietTo" => "06:30",
            "timeZone" => "Europe/Berlin",
            "displayName" => $"{Mark}name",
            "locale" => "de-AT",
            // The other one of the two values is given; and all notifications are read, not only those up to one.
            "code" or "recoveryCode" or "through" or "linkToken" => null,
            // The password is given.
            "challengeToken" or "credential" or "provider" or "idToken" or "nonce" => null,
            "authorizationCode" => $"{Mark}code",
            "password" or "currentPassword" => Password,
            "newPassword" => NewPassword,
            "refreshToken" or "guestToken" => client.RefreshToken,
            "key" => Guid.NewGuid(),
            // Only a guest chooses it there.
            "username" when operation.Id is "passkeys_begin" or "passkeys_add" or "identities_link" => null,
            "login" => client.Person.Email,
            "email" when operation.Id is "auth_sendConfirmation" or "auth_forgotPassword" => client.Person.Email,
            "email" or "newEmail" => NewEmail(),
            "username" => Person.Random().Username,
            "roles" => new[] { Roles.Admin },
            "title" or "description" => $"{Mark}text",
            "name" => $"{Mark}name",
            "color" => "#3fa7d6",
            "position" => "aV",
            "listId" or "archivedAt" => null,
            "checklist" => new Dictionary<string, object> { ["a"] = new { title = $"{Mark}text" } },
            "labels" => new[] { $"{Mark}label" },
            "status" => "todo",
            "priority" => "high",
            "due" => new { date = "2031-05-06", time = "07:00" },
            "reminders" => new[] { 30 },
            "recurrence" => new { rule = "FREQ=DAILY" },
            "completedAt" => null,
            "minutes" => 10,
            "atomic" => true,
            "operations" => new[] { new { op = "create", task = new { title = $"{Mark}text" } } },
            _ => "Phone",
        };

    private static string NewEmail() => $"Planted-mail-{Guid.NewGuid():N}@planted.test";
}
