using Fitnessify.Application.Push;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Tests.Push;

public sealed class DeviceInputTests
{
    private static readonly TestCaseData[] Members =
    [
        Case("nothing", new(null), "platform: required"),
        Case("no platform", new(null, "https://push.example.org/", null, null, "abc"), "platform: required"),
        Case("an unknown platform", DeviceShapes.Browser() with { Platform = (PushPlatform)7 }, NotFor),
        Case("a browser", DeviceShapes.Browser(), ""),
        Case("Android", DeviceShapes.Android(), ""),
        Case("an iPhone", DeviceShapes.Iphone(), ""),
        Case(
            "a browser without its members",
            new(PushPlatform.WebPush),
            "endpoint: required, p256dh: required, auth: required"
        ),
        Case(
            "a browser with empty members",
            new(PushPlatform.WebPush, "", "", ""),
            "endpoint: required, p256dh: required, auth: required"
        ),
        Case("a browser with a token", DeviceShapes.Browser() with { Token = "abc" }, "token: not_allowed"),
        Case("a browser with an empty token", DeviceShapes.Browser() with { Token = "" }, "token: not_allowed"),
        Case("Android without a token", new(PushPlatform.Fcm), "token: required"),
        Case("an iPhone with an empty token", new(PushPlatform.Apns, Token: ""), "token: required"),
        Case(
            "Android with the members of a browser",
            DeviceShapes.Browser() with
            {
                Platform = PushPlatform.Fcm,
                Token = "abc",
            },
            NotFor
        ),
        Case(
            "an iPhone with empty members of a browser",
            DeviceShapes.Iphone() with
            {
                Endpoint = "",
                P256dh = "",
                Auth = "",
            },
            NotFor
        ),
        Case("a language", DeviceShapes.Android() with { Locale = "de-CH" }, ""),
        Case("no language", DeviceShapes.Android() with { Locale = "deutsch!" }, "locale: invalid_format"),
    ];

    private const string NotFor = "endpoint: not_allowed, p256dh: not_allowed, auth: not_allowed";

    private static readonly TestCaseData[] Endpoints =
    [
        Endpoint("https://push.example.org", ""),
        Endpoint("https://push.example.org/send/a%20b?c=d&e=f:g", ""),
        Endpoint("https://push.example.org:8443/", ""),
        Endpoint("http://localhost:8080/", ""),
        Endpoint("HTTPS://PUSH.EXAMPLE.ORG/", ""),
        Endpoint("https://[2001:db8::1]/", ""),
        Endpoint($"https://push.example.org/{new string('a', 1975)}", ""),
        Endpoint($"https://push.example.org/{new string('a', 1976)}", "endpoint: too_long"),
        Endpoint("push.example.org/", "endpoint: invalid_format"),
        Endpoint("/send/abc", "endpoint: invalid_format"),
        Endpoint("//push.example.org/", "endpoint: invalid_format"),
        Endpoint("https:", "endpoint: invalid_format"),
        Endpoint("https://", "endpoint: invalid_format"),
        Endpoint("ftp://push.example.org/", "endpoint: invalid_format"),
        Endpoint("file:///etc/passwd", "endpoint: invalid_format"),
        Endpoint("javascript:alert(1)", "endpoint: invalid_format"),
        Endpoint("https://user@push.example.org/", "endpoint: invalid_format"),
        Endpoint("https://user:word@push.example.org/", "endpoint: invalid_format"),
        Endpoint("https://push.example.org/#part", "endpoint: invalid_format"),
        Endpoint("https://push.example.org/#", "endpoint: invalid_format"),
        Endpoint(" https://push.example.org/", "endpoint: invalid_format"),
        Endpoint("https://push.example.org/ ", "endpoint: invalid_format"),
        Endpoint("https://push.example.org/a\r\nb", "endpoint: invalid_format"),
        Endpoint("https://push.example.org/a\tb", "endpoint: invalid_format"),
        Endpoint("https://pusch.exämple.org/", "endpoint: invalid_format"),
    ];

    private static readonly TestCaseData[] Keys =
    [
        Key("the point", DeviceShapes.P256dh, ""),
        Key("the point with padding", $"{DeviceShapes.P256dh}=", ""),
        Key("the longest text", $"{DeviceShapes.P256dh}==", "p256dh: too_long"),
        Key("a point that is not on the curve", DeviceShapes.ChangedKey(Twist), "p256dh: invalid_format"),
        Key("zero", DeviceShapes.ChangedKey(point => [4, .. new byte[64]]), "p256dh: invalid_format"),
        Key("a compressed point", DeviceShapes.ChangedKey(point => [2, .. point[1..33]]), "p256dh: invalid_format"),
        Key("a hybrid point", DeviceShapes.ChangedKey(point => [6, .. point[1..]]), "p256dh: invalid_format"),
        Key("64 bytes", DeviceShapes.ChangedKey(point => point[1..]), "p256dh: invalid_format"),
        Key("66 bytes", DeviceShapes.ChangedKey(point => [.. point, 0]), "p256dh: invalid_format"),
        Key("base64", Base64(DeviceShapes.P256dh), "p256dh: invalid_format"),
        Key("another padding", $"{DeviceShapes.P256dh}%", "p256dh: invalid_format"),
        Key("a space", $"{DeviceShapes.P256dh[..40]} {DeviceShapes.P256dh[40..]}", "p256dh: invalid_format"),
        Key("a line feed at the end", $"{DeviceShapes.P256dh}\n", "p256dh: invalid_format"),
        Key("only padding", "=", "p256dh: invalid_format"),
    ];

    private static readonly TestCaseData[] Secrets =
    [
        Secret("16 bytes", DeviceShapes.Auth, ""),
        Secret("16 bytes with padding", $"{DeviceShapes.Auth}==", ""),
        Secret("15 bytes", DeviceShapes.OfBytes(15), "auth: invalid_format"),
        Secret("17 bytes", DeviceShapes.OfBytes(17), "auth: invalid_format"),
        Secret("16 bytes and further bits", $"{DeviceShapes.Auth[..21]}B", "auth: invalid_format"),
        Secret("another padding", $"{DeviceShapes.Auth}%%", "auth: invalid_format"),
        Secret("spaces", $"{DeviceShapes.Auth[..10]}  {DeviceShapes.Auth[10..]}", "auth: invalid_format"),
        Secret("21 characters", DeviceShapes.Auth[..21], "auth: invalid_format"),
        Secret("other characters", $"{DeviceShapes.Auth[..21]}+", "auth: invalid_format"),
        Secret("a long text", new string('A', 88), "auth: invalid_format"),
        Secret("a longer text", new string('A', 89), "auth: too_long"),
    ];

    private static readonly TestCaseData[] Tokens =
    [
        Token(PushPlatform.Apns, new string('a', 30), "token: invalid_format"),
        Token(PushPlatform.Apns, new string('a', 32), ""),
        Token(PushPlatform.Apns, new string('F', 64), ""),
        Token(PushPlatform.Apns, new string('0', 65), "token: invalid_format"),
        Token(PushPlatform.Apns, new string('0', 200), ""),
        Token(PushPlatform.Apns, new string('0', 202), "token: invalid_format"),
        Token(PushPlatform.Apns, new string('g', 64), "token: invalid_format"),
        Token(PushPlatform.Apns, $"{new string('0', 64)}\n", "token: invalid_format"),
        Token(PushPlatform.Fcm, "a", ""),
        Token(PushPlatform.Fcm, "Az09_:.-", ""),
        Token(PushPlatform.Fcm, new string('a', 2000), ""),
        Token(PushPlatform.Fcm, new string('a', 2001), "token: too_long"),
        Token(PushPlatform.Fcm, "a b", "token: invalid_format"),
        Token(PushPlatform.Fcm, "a/b", "token: invalid_format"),
        Token(PushPlatform.Fcm, "abc\n", "token: invalid_format"),
        Token(PushPlatform.Fcm, "äbc", "token: invalid_format"),
        Token(PushPlatform.Fcm, "abc\0", "token: invalid_format"),
    ];

    [TestCaseSource(nameof(Members))]
    [TestCaseSource(nameof(Endpoints))]
    [TestCaseSource(nameof(Keys))]
    [TestCaseSource(nameof(Secrets))]
    [TestCaseSource(nameof(Tokens))]
    public void Checks_each_member(DeviceInput input, string errors) =>
        Assert.That(
            new PutDeviceValidator().ErrorTextOf(new PutDeviceCommand(Guid.NewGuid(), input)),
            Is.EqualTo(errors)
        );

    // The last bit of Y decides which of two points it is, and here makes it none.
    private static byte[] Twist(byte[] point)
    {
        point[^1] ^= 1;
        return point;
    }

    // All of base64 that is not in base64url; one of the characters is there, whatever the key.
    private static string Base64(string key) => $"{key[..^1]}+";

    private static TestCaseData Case(string name, DeviceInput input, string errors) =>
        new TestCaseData(input, errors).SetArgDisplayNames(name);

    private static TestCaseData Endpoint(string endpoint, string errors) =>
        Case(
            endpoint.Length < 100 ? endpoint : $"an endpoint of {endpoint.Length} characters",
            DeviceShapes.Browser(endpoint),
            errors
        );

    private static TestCaseData Key(string name, string key, string errors) =>
        Case($"as the key: {name}", DeviceShapes.Browser() with { P256dh = key }, errors);

    private static TestCaseData Secret(string name, string secret, string errors) =>
        Case($"as the secret: {name}", DeviceShapes.Browser() with { Auth = secret }, errors);

    private static TestCaseData Token(PushPlatform platform, string token, string errors) =>
        Case(
            $"{platform} {(token.Length < 30 ? token : $"{token[0]} in {token.Length} characters")}",
            new(platform, Token: token),
            errors
        );
}
