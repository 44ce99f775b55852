using System.Collections;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>A call before it is sent, as often as necessary.</summary>
internal sealed partial class ApiRequest
{
    private readonly List<KeyValuePair<string, string>> _headers = new List<KeyValuePair<string, string>>();
    private readonly StringBuilder _query = new StringBuilder();
    private object? _body;

    public ApiRequest(string method, string path)
    {
        Method = method;
        Path = path;
    }

    public string Method { get; }

    public string Path { get; }

    /// <summary>The time limit of each attempt; null for that of the session.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The value says whether the response is complete with its headers or with its body.</summary>
    public HttpCompletionOption Completion { get; private set; }

    public static string Escape(object? value) =>
        Uri.EscapeDataString(
            value switch
            {
                bool flag => flag ? "true" : "false",
                DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            }
        );

    public bool HasHeader(string name) => _headers.Exists(header => header.Key == name);

    public ApiRequest WithQuery(string name, object? value)
    {
        foreach (var item in value is IEnumerable items and not string ? items : new[] { value })
        {
            if (item is not null)
            {
                _query.Append(_query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Escape(item));
            }
        }

        return this;
    }

    public ApiRequest WithHeader(string name, string? value)
    {
        if (value is not null)
        {
            _headers.Add(new KeyValuePair<string, string>(name, value));
        }

        return this;
    }

    public ApiRequest AsStream(string name, string value)
    {
        Completion = HttpCompletionOption.ResponseHeadersRead;
        return WithHeader("Accept", "text/event-stream").WithHeader(name, value);
    }

    public ApiRequest WithBody(object? body)
    {
        _body = body;
        return this;
    }

    public HttpRequestMessage ToMessage(Uri address, string? accessToken)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(address, Path + _query));
        foreach (var header in _headers)
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (!HasHeader("Accept"))
        {
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        }

        if (accessToken is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        if (_body is not null)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(_body, ApiJson.Settings.GetTypeInfo(_body.GetType()));
            message.Content = new ByteArrayContent(json);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return message;
    }
}
