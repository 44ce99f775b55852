using System.Text;

namespace Fitnessify.WebApi.Tests.Edge;

/// <summary>Errors of a body before any use case sees it.</summary>
public sealed class BodyTests
{
    private const int MaxBytes = 64 * 1024;

    private readonly ApiClient _client = Api.Shared.Anonymous();

    [TestCase("", TestName = "Malformed: nothing")]
    [TestCase("  ", TestName = "Malformed: blanks")]
    [TestCase("{", TestName = "Malformed: truncated after the brace")]
    [TestCase("""{"login":"ab""", TestName = "Malformed: truncated in a string")]
    [TestCase("""{"login":"ab"}x""", TestName = "Malformed: something after the end")]
    [TestCase("""{"login":"ab",}""", TestName = "Malformed: a trailing comma")]
    [TestCase("""{"login":"ab"/**/}""", TestName = "Malformed: a comment")]
    [TestCase("""{'login':'ab'}""", TestName = "Malformed: single quotes")]
    [TestCase("""{"login":NaN}""", TestName = "Malformed: NaN")]
    [TestCase("""{"login":01}""", TestName = "Malformed: a leading zero")]
    [TestCase("{\"login\":\"a\u0000b\"}", TestName = "Malformed: a raw NUL")]
    [TestCase("""{"login":"a","login":"b"}""", TestName = "Malformed: a member twice")]
    [TestCase("""{"login":"a","lo\u0067in":"b"}""", TestName = "Malformed: a member twice, once escaped")]
    [TestCase("""{"x":{"y":1,"y":2}}""", TestName = "Malformed: a member twice, nested")]
    [TestCase("""{"login":"\ud800"}""", TestName = "Malformed: half a surrogate pair")]
    [TestCase("""{"login":"\udc00\ud800"}""", TestName = "Malformed: a reversed surrogate pair")]
    [TestCase("""{"\ud800":1}""", TestName = "Malformed: half a surrogate pair as a name")]
    [TestCase("""{"x":["\ud800"]}""", TestName = "Malformed: half a surrogate pair, nested")]
    public async Task Refuses_malformed_JSON(string body)
    {
        using var response = await _client.PostRawAsync(ApiClient.Login, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 malformed_json"));
    }

    [TestCase("""{"challengeToken":"a","credential":{"id":"\ud800"}}""")]
    [TestCase("""{"challengeToken":"a","credential":{"\udc00":{}}}""")]
    [TestCase("""{"challengeToken":"a","credential":{"response":{"x":["\udc00\ud800"]}}}""")]
    public async Task Refuses_half_a_surrogate_pair_even_in_the_response_of_an_authenticator(string body)
    {
        using var response = await _client.PostRawAsync(PasskeyCalls.Login, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 malformed_json"));
    }

    [TestCase(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' })]
    [TestCase(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' })]
    [TestCase(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })]
    [TestCase(new byte[] { 0xFF, 0xFE, (byte)'{', 0, (byte)'}', 0 })]
    [TestCase(new byte[] { 0 })]
    public async Task Refuses_a_body_that_is_not_UTF8(byte[] body)
    {
        using var response = await _client.PostRawAsync(ApiClient.Login, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 malformed_json"));
    }

    [TestCase("[", "]")]
    [TestCase("{\"x\":", "}")]
    public async Task Refuses_JSON_deeper_than_32_levels(string open, string close)
    {
        using var deepest = await _client.PostRawAsync(ApiClient.Login, Nested(32));
        using var tooDeep = await _client.PostRawAsync(ApiClient.Login, Nested(33));
        using var muchTooDeep = await _client.PostRawAsync(ApiClient.Login, Nested(5000));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await deepest.OutcomeAsync(), Does.Match("^400 (validation_failed|unknown_member)$"));
            Assert.That(await tooDeep.OutcomeAsync(), Is.EqualTo("400 malformed_json"));
            Assert.That(await muchTooDeep.OutcomeAsync(), Is.EqualTo("400 malformed_json"));
        });

        string Nested(int levels) =>
            string.Concat(Enumerable.Repeat(open, levels - 1))
            + "[]"
            + string.Concat(Enumerable.Repeat(close, levels - 1));
    }

    [TestCase("null", "#")]
    [TestCase("[]", "#")]
    [TestCase("5", "#")]
    [TestCase("\"text\"", "#")]
    [TestCase("true", "#")]
    [TestCase("""{"login":5,"password":"x"}""", "#/login")]
    [TestCase("""{"login":true,"password":"x"}""", "#/login")]
    [TestCase("""{"login":["a"],"password":"x"}""", "#/login")]
    [TestCase("""{"login":1e999999999,"password":"x"}""", "#/login")]
    [TestCase("""{"login":"a","password":{}}""", "#/password")]
    [TestCase("""{"login":"a","password":"x","device":1}""", "#/device")]
    public async Task Names_a_value_of_the_wrong_type(string body, string path)
    {
        using var response = await _client.PostRawAsync(ApiClient.Login, body);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
            Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[$"{path} invalid_type"]));
        });
    }

    [TestCase("application/json; charset=utf8")]
    [TestCase("application/json; charset=\"UTF-8\"")]
    public async Task Skips_a_byte_order_mark_and_accepts_both_names_of_UTF8(string type)
    {
        using var response = await _client.SendRawAsync("POST", ApiClient.Login, [.. "\uFEFF"u8, .. "{}"u8], type);
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["#/login required", "#/password required"]));
    }

    [TestCase("gzip", "415 unsupported_media_type", "identity")]
    [TestCase("identity", "400 validation_failed", null)]
    public async Task Refuses_content_encodings_and_says_so(string coding, string outcome, string? accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiClient.Login)
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };
        request.Content.Headers.ContentEncoding.Add(coding);
        using var response = await _client.SendAsync(request);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(response.Header("Accept-Encoding"), Is.EqualTo(accepted));
    }

    [TestCase("0x2")]
    [TestCase("#2")]
    [TestCase("%202")]
    [TestCase("2.0")]
    [TestCase("")]
    [TestCase("99999999999")]
    public async Task Accepts_every_notation_of_a_number(string limit)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync($"{TaskCalls.Tasks}?limit={limit}");
        using var right = await client.GetAsync($"{TaskCalls.Tasks}?limit=2");
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["limit invalid_type"]));
        Assert.That(await right.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("isAdmin", "#/isAdmin")]
    [TestCase("Login", "#/Login")]
    [TestCase("", "#/")]
    [TestCase("a.b", "#/a.b")]
    [TestCase("a/b~c", "#/a~1b~0c")]
    [TestCase("a b", "#/a%20b")]
    [TestCase("ä", "#/%C3%A4")]
    [TestCase("a'b", "#/a%27b")]
    [TestCase("a[0]", "#/a%5B0%5D")]
    [TestCase("__proto__", "#/__proto__")]
    [TestCase("$type", "#/%24type")]
    public async Task Names_an_unknown_member(string member, string path)
    {
        using var response = await _client.PostRawAsync(
            ApiClient.Login,
            $$"""{"login":"a","{{member}}":{"x":[1e999]},"password":"x"}"""
        );
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 unknown_member"));
            Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[$"{path} not_allowed"]));
        });
    }

    [Test]
    public async Task Accepts_64_KiB_and_not_one_byte_more([Values] bool isChunked)
    {
        // Kestrel counts the chunk framing too.
        using var largest = await SendAsync(isChunked ? MaxBytes - 100 : MaxBytes);
        using var tooLarge = await SendAsync(MaxBytes + 1);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await largest.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
            Assert.That(await tooLarge.OutcomeAsync(), Is.EqualTo("413 payload_too_large"));
        });

        Task<HttpResponseMessage> SendAsync(int bytes)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, ApiClient.Login)
            {
                Content = new StringContent("{}".PadRight(bytes), Encoding.UTF8, "application/json"),
            };
            request.Headers.TransferEncodingChunked = isChunked;
            return _client.SendAsync(request);
        }
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("garbage")]
    [TestCase("text/plain")]
    [TestCase("text/json")]
    [TestCase("application/xml")]
    [TestCase("application/x-www-form-urlencoded")]
    [TestCase("application/merge-patch+json")]
    [TestCase("application/problem+json")]
    [TestCase("application/json; charset=utf-16")]
    [TestCase("application/json; charset=iso-8859-1")]
    public async Task Accepts_only_JSON_in_UTF8(string? type)
    {
        using var response = await _client.PostRawAsync(ApiClient.Login, "{}"u8.ToArray(), type);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("415 unsupported_media_type"));
    }

    [TestCase("application/json")]
    [TestCase("Application/JSON")]
    [TestCase("application/json; charset=UTF-8")]
    [TestCase("application/json; charset=\"utf-8\"")]
    [TestCase("application/json;odd=1")]
    public async Task Accepts_every_JSON_media_type(string type)
    {
        using var response = await _client.PostRawAsync(ApiClient.Login, "{}"u8.ToArray(), type);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
    }
}
