using System.Security.Cryptography;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Common;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class FcmSettingsTests
{
    private const string Advice = "give the key file of a service account, as Google hands it out.";
    private const string NoFile = "it is not a JSON file that can be read";
    private const string NoKey = "its private_key is not a PEM text (PKCS #8) of an RSA key with 2048 bits or more";

    private static readonly string Pem = Export(2048);

    [Test]
    public async Task Without_an_account_FCM_is_off()
    {
        await using var sender = Start(Setting("ServiceAccountPath", " "));

        Assert.That(sender.Platforms, Is.Empty);
    }

    [TestCase("https://oauth2.googleapis.com/token")]
    [TestCase("http://127.0.0.1:8080/token")]
    [TestCase("http://localhost:8080/token")]
    public async Task With_an_account_FCM_is_on(string tokenUrl)
    {
        using var file = new FcmKeyFile(Account(("token_uri", tokenUrl)));
        await using var sender = Start(file.Setting);

        Assert.That(sender.Platforms, Is.EqualTo([PushPlatform.Fcm]));
    }

    [TestCase("project_id", null, "it has no project_id")]
    [TestCase("project_id", " ", "it has no project_id")]
    [TestCase("client_email", "", "it has no client_email")]
    [TestCase("private_key_id", null, "it has no private_key_id")]
    [TestCase("private_key", null, "it has no private_key")]
    [TestCase("token_uri", null, "it has no token_uri")]
    [TestCase("token_uri", "oauth2.googleapis.com/token", "its token_uri is not an https URL")]
    [TestCase("token_uri", "http://oauth2.googleapis.com/token", "its token_uri is not an https URL")]
    [TestCase("token_uri", "ftp://localhost/token", "its token_uri is not an https URL")]
    [TestCase("private_key", "hunter2", NoKey)]
    [TestCase("private_key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", NoKey)]
    public void A_wrong_account_stops_the_start(string member, string? value, string problem) =>
        Refuses(Account((member, value)), problem);

    [Test]
    public void A_key_that_is_weak_or_of_another_kind_stops_the_start()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string[] keys =
        [
            Export(1024),
            rsa.ExportRSAPrivateKeyPem(),
            rsa.ExportSubjectPublicKeyInfoPem(),
            ec.ExportPkcs8PrivateKeyPem(),
        ];
        foreach (var key in keys)
        {
            Refuses(Account(("private_key", key)), NoKey);
        }
    }

    [TestCase("")]
    [TestCase("hunter2")]
    [TestCase("null")]
    [TestCase("""["hunter2"]""")]
    [TestCase("""{"project_id":1}""")]
    public void Another_file_stops_the_start(string text)
    {
        using var file = new FcmKeyFile(text);

        Refuses(file.Setting, NoFile);
    }

    [Test]
    public void A_file_that_cannot_be_read_stops_the_start()
    {
        Refuses(Setting("ServiceAccountPath", Path.GetTempPath()), NoFile);
        Refuses(Setting("ServiceAccountPath", Path.Combine(Path.GetTempPath(), "missing.json")), NoFile);
    }

    [TestCase("http://fcm.googleapis.com", "would send tokens in the clear; use https")]
    [TestCase("fcm.googleapis.com", "not the URL of the service; use an absolute http or https URL without query")]
    [TestCase(
        "https://fcm.googleapis.com?key=hunter2",
        "not the URL of the service; use an absolute http or https URL without query"
    )]
    public void A_wrong_URL_stops_the_start(string url, string problem) =>
        Assert.That(
            () => Start(Setting("Url", url)),
            Throws
                .TypeOf<SettingsException>()
                .With.Message.EqualTo($"Push:Fcm:Url: {problem}, for instance https://fcm.googleapis.com.")
        );

    [TestCase("https://fcm.googleapis.com")]
    [TestCase("http://127.0.0.1:9000")]
    [TestCase("http://localhost:9000/")]
    public void A_URL_is_https_or_on_this_machine(string url) =>
        Assert.That(() => Start(Setting("Url", url)), Throws.Nothing);

    private static KeyValuePair<string, string?> Setting(string name, string value) => new($"Push:Fcm:{name}", value);

    private static void Refuses(Dictionary<string, string> account, string problem)
    {
        using var file = new FcmKeyFile(account);
        Refuses(file.Setting, problem);
    }

    private static void Refuses(KeyValuePair<string, string?> setting, string problem) =>
        Assert.That(
            () => Start(setting),
            Throws
                .TypeOf<SettingsException>()
                .With.Message.EqualTo($"{setting.Key}: cannot be used, because {problem}; {Advice}")
        );

    private static Dictionary<string, string> Account((string Member, string? Value) change)
    {
        Dictionary<string, string> account = new()
        {
            ["project_id"] = "fitnessify",
            ["client_email"] = "push@fitnessify.example.org",
            ["private_key_id"] = "1",
            ["private_key"] = Pem,
            ["token_uri"] = "https://oauth2.googleapis.com/token",
        };
        if (change.Value is null)
        {
            account.Remove(change.Member);
        }
        else
        {
            account[change.Member] = change.Value;
        }

        return account;
    }

    private static string Export(int bits)
    {
        using var key = RSA.Create(bits);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static PushSender Start(params KeyValuePair<string, string?>[] settings) =>
        new(new FakeTimeProvider(), settings);
}
