using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>Somebody who is not yet anybody.</summary>
internal sealed record Person(string Username, string Email, string Password)
{
    public const string GoodPassword = "Violet-Kettle-93-Umbrella";

    public static Person Random()
    {
        var name = $"u{Guid.NewGuid():N}"[..20];
        return new Person(name, $"{name}@example.test", GoodPassword);
    }
}

/// <summary>A device that talks to the server.</summary>
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

    // Only the handler has anything to dispose of, and it belongs to whoever gave it.
    private readonly HttpClient _http = new(handler, disposeHandler: false) { BaseAddress = address };

    /// <summary>Who is signed in.</summary>
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

    /// <summary>Without a token, with the one that this device holds.</summary>
    public Task<HttpResponseMessage> RefreshAsync(string? refreshToken = null) =>
        PostAsync(Refresh, new { refreshToken = refreshToken ?? RefreshToken });

    /// <summary>A new user.</summary>
    public async Task<Person> RegisteredAsync()
    {
        var person = Person.Random();
        using var answer = await RegisterAsync(person);
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("201"));
        return person;
    }

    /// <summary>From now on requests carry the token.</summary>
    public async Task SignInAsync(Person person, string? device = null)
    {
        using var answer = await LoginAsync(person.Username, person.Password, device);
        Person = person;
        await KeepAsync(answer);
    }

    /// <summary>From now on requests carry the tokens of a sign-in or a refresh.</summary>
    public async Task KeepAsync(HttpResponseMessage answer)
    {
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        var tokens = await answer.JsonAsync();
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

    /// <summary>A body exactly as given.</summary>
    public Task<HttpResponseMessage> PostRawAsync(string path, string body) =>
        PostRawAsync(path, Encoding.UTF8.GetBytes(body));

    public Task<HttpResponseMessage> PostRawAsync(string path, byte[] body, string? type = "application/json") =>
        SendRawAsync("POST", path, body, type);

    public Task<HttpResponseMessage> SendRawAsync(string method, string path, byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = content });
    }

    public Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        params (string Name, string Value)[] headers
    ) => SendAsync(Request(method, path, headers));

    /// <summary>As soon as the headers are there: the body may have no end.</summary>
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

/// <summary>Reads answers.</summary>
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

    /// <summary>The status, and after a failure its code: <c>409 username_taken</c>. A failure has to have the documented form.</summary>
    public static async Task<string> OutcomeAsync(this HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (status < 400 || answer.RequestMessage!.Method == HttpMethod.Head)
        {
            return $"{status}";
        }

        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = await answer.JsonAsync();
        var code = problem.Text("code");
        Assert.Multiple(() =>
        {
            Assert.That(problem.Members(), Is.SupersetOf(ProblemMembers));
            Assert.That(problem.Text("type"), Is.EqualTo($"urn:fitnessify:error:{code}"));
            Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
            Assert.That(problem.Text("title"), Is.Not.Empty);
            Assert.That(problem.Text("detail"), Is.Not.Empty);
            Assert.That(problem.Text("instance"), Is.EqualTo(answer.RequestMessage.RequestUri!.AbsolutePath));
            Assert.That(problem.Text("traceId"), Does.Match("^[0-9a-f]{32}$"));
        });
        return $"{status} {code}";
    }

    /// <summary>The wrong values: <c>#/username too_short</c> in a body, <c>limit out_of_range</c> among the parameters.</summary>
    public static async Task<string[]> ErrorsAsync(this HttpResponseMessage answer) =>
        (await answer.JsonAsync()).TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(error => $"{PlaceOf(error)} {error.Text("code")}")]
            : [];

    /// <summary>Why a password was rejected.</summary>
    public static async Task<string> ReasonsAsync(this HttpResponseMessage answer) =>
        string.Join(' ', (await answer.JsonAsync()).Texts("reasons"));

    /// <summary>All that a caller can see of a failure, but what differs between any two answers.</summary>
    public static async Task<string> FaceAsync(this HttpResponseMessage answer)
    {
        var outcome = await answer.OutcomeAsync();
        var problem = await answer.JsonAsync();
        var headers = answer
            .Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not ("Date" or "RateLimit" or "Retry-After"))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return $"{outcome} {problem.ToString().Replace(problem.Text("traceId"), "", StringComparison.Ordinal)}\n"
            + string.Join('\n', headers.Order());
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer)
    {
        await answer.Content.LoadIntoBufferAsync();
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    public static IEnumerable<string> Texts(this JsonElement element, string member) =>
        element.GetProperty(member).EnumerateArray().Select(item => item.GetString()!);

    public static IEnumerable<JsonElement> Items(this JsonElement page) => page.GetProperty("items").EnumerateArray();

    public static IEnumerable<string> Members(this JsonElement element) =>
        element.EnumerateObject().Select(member => member.Name);

    /// <summary>The header's value, or null.</summary>
    public static string? Header(this HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    private static string PlaceOf(JsonElement error) =>
        error.TryGetProperty("pointer", out var pointer) ? pointer.GetString()! : error.Text("parameter");
}
