using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>The data of a person who is not registered yet.</summary>
internal sealed record Person(string Username, string Email, string Password)
{
    public const string GoodPassword = "Violet-Kettle-93-Umbrella";

    public static Person Random()
    {
        var name = $"u{Guid.NewGuid():N}"[..20];
        return new Person(name, $"{name}@example.test", GoodPassword);
    }
}

/// <summary>A device that calls the server.</summary>
internal sealed class ApiClient(HttpMessageHandler handler, Uri address)
{
    public const string Register = "/api/v1/auth/register";
    public const string Login = "/api/v1/auth/login";
    public const string Refresh = "/api/v1/auth/refresh";
    public const string Logout = "/api/v1/auth/logout";
    public const string Strength = "/api/v1/auth/password-strength";
    public const string Sessions = "/api/v1/sessions";
    public const string Me = "/api/v1/users/me";
    public const string Password = "/api/v1/users/me/password";
    public const string Deletion = "/api/v1/users/me/deletion";
    public const string Events = "/api/v1/users/me/security-events";

    // Only the handler needs to be disposed, and its owner does that.
    private readonly HttpClient _http = new(handler, disposeHandler: false) { BaseAddress = address };

    /// <summary>Gets the person who is signed in.</summary>
    public Person Person { get; private set; } = null!;

    public string AccessToken
    {
        get => _http.DefaultRequestHeaders.Authorization!.Parameter!;
        set => _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", value);
    }

    public string RefreshToken { get; private set; } = null!;

    public Guid SessionId { get; private set; }

    public Task<HttpResponseMessage> RegisterAsync(Person person) => PostAsync(Register, person);

    public Task<HttpResponseMessage> LoginAsync(
        string login,
        string password = Person.GoodPassword,
        string? device = null
    ) =>
        PostAsync(
            Login,
            new
            {
                login,
                password,
                device,
            }
        );

    /// <summary>Creates a device without a token, which uses the current device token.</summary>
    public Task<HttpResponseMessage> RefreshAsync(string? refreshToken = null) =>
        PostAsync(Refresh, new { refreshToken = refreshToken ?? RefreshToken });

    /// <summary>Registers a new user.</summary>
    public async Task<Person> RegisteredAsync()
    {
        var person = Person.Random();
        using var response = await RegisterAsync(person);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        return person;
    }

    /// <summary>Adds the token to all following requests.</summary>
    public async Task SignInAsync(Person person, string? device = null)
    {
        using var response = await LoginAsync(person.Username, person.Password, device);
        Person = person;
        await KeepAsync(response);
    }

    /// <summary>Adds the tokens of a sign-in or a refresh to all following requests.</summary>
    public async Task KeepAsync(HttpResponseMessage response)
    {
        // The first sign-in with an identity creates an account.
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200").Or.EqualTo("201"));
        var tokens = await response.JsonAsync();
        AccessToken = tokens.Text("accessToken");
        RefreshToken = tokens.Text("refreshToken");
        SessionId = tokens.GetProperty("sessionId").GetGuid();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    public Task<HttpResponseMessage> PostAsync(string path) => _http.PostAsync(path, null);

    public Task<HttpResponseMessage> PostAsync<T>(string path, T body) => _http.PostAsJsonAsync(path, body);

    public Task<HttpResponseMessage> PutAsync<T>(string path, T body) => _http.PutAsJsonAsync(path, body);

    public Task<HttpResponseMessage> PatchAsync<T>(string path, T body) => _http.PatchAsJsonAsync(path, body);

    public Task<HttpResponseMessage> DeleteAsync(string path) => _http.DeleteAsync(path);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    /// <summary>Sends a body exactly as given.</summary>
    public Task<HttpResponseMessage> PostRawAsync(string path, string body) =>
        PostRawAsync(path, Encoding.UTF8.GetBytes(body));

    public Task<HttpResponseMessage> PostRawAsync(string path, byte[] body, string? type = "application/json") =>
        SendRawAsync("POST", path, body, type);

    public Task<HttpResponseMessage> SendRawAsync(string method, string path, byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        // A server that refuses a long body closes the connection. If the client is still sending then, it loses the response.
        request.Headers.ExpectContinue = body.Length > 64 * 1024;
        return SendAsync(request);
    }

    public Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        params (string Name, string Value)[] headers
    ) => SendAsync(Request(method, path, headers));

    /// <summary>Returns as soon as the headers are there, because the body may have no end.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, params (string Name, string Value)[] headers) =>
        _http.SendAsync(Request("GET", path, headers), HttpCompletionOption.ResponseHeadersRead);

    private static HttpRequestMessage Request(string method, string path, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}

/// <summary>Reads responses.</summary>
internal static class Answers
{
    private static readonly string[] ProblemMembers =
    [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "code",
        "traceId",
    ];

    /// <summary>Returns the status, followed by the error code of a documented failure: <c>409 username_taken</c>.</summary>
    public static async Task<string> OutcomeAsync(this HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (status < 400 || response.RequestMessage!.Method == HttpMethod.Head)
        {
            return $"{status}";
        }

        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = await response.JsonAsync();
        var code = problem.Text("code");
        Assert.Multiple(() =>
        {
            Assert.That(problem.Members(), Is.SupersetOf(ProblemMembers));
            Assert.That(problem.Text("type"), Is.EqualTo($"urn:fitnessify:error:{code}"));
            Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
            Assert.That(problem.Text("title"), Is.Not.Empty);
            Assert.That(problem.Text("detail"), Is.Not.Empty);
            Assert.That(problem.Text("instance"), Is.EqualTo(response.RequestMessage.RequestUri!.AbsolutePath));
            Assert.That(problem.Text("traceId"), Does.Match("^[0-9a-f]{32}$"));
        });
        return $"{status} {code}";
    }

    /// <summary>Returns the invalid values: <c>#/username too_short</c> in a body, <c>limit out_of_range</c> in the query.</summary>
    public static async Task<string[]> ErrorsAsync(this HttpResponseMessage response) =>
        (await response.JsonAsync()).TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(error => $"{LocationOf(error)} {error.Text("code")}")]
            : [];

    /// <summary>Returns the reasons why a password was rejected.</summary>
    public static async Task<string> ReasonsAsync(this HttpResponseMessage response) =>
        string.Join(' ', (await response.JsonAsync()).Texts("reasons"));

    /// <summary>Returns everything that a caller can see of a failure, except for what differs between any two responses.</summary>
    public static async Task<string> VisiblePartsAsync(this HttpResponseMessage response)
    {
        var outcome = await response.OutcomeAsync();
        var problem = await response.JsonAsync();
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not ("Date" or "RateLimit" or "Retry-After"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return $"{outcome} {problem.ToString().Replace(problem.Text("traceId"), "", StringComparison.Ordinal)}\n"
            + string.Join('\n', headers.Order());
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        await response.Content.LoadIntoBufferAsync();
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    public static IEnumerable<string> Texts(this JsonElement element, string member) =>
        element.GetProperty(member).EnumerateArray().Select(item => item.GetString()!);

    public static IEnumerable<JsonElement> Items(this JsonElement page) => page.GetProperty("items").EnumerateArray();

    public static IEnumerable<string> Members(this JsonElement element) =>
        element.EnumerateObject().Select(member => member.Name);

    /// <summary>Returns the value of the header, or null.</summary>
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    private static string LocationOf(JsonElement error) =>
        error.TryGetProperty("pointer", out var pointer) ? pointer.GetString()! : error.Text("parameter");
}
