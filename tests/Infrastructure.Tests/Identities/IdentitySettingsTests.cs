using System.Security.Cryptography;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Identities;
using Microsoft.Extensions.Configuration;

namespace Fitnessify.Infrastructure.Tests.Identities;

public sealed class IdentitySettingsTests : IDisposable
{
    private const string Section = "Identity:Providers";

    private static readonly string Names =
        "use lower-case letters, digits and hyphens, at most 30, beginning with a letter, but not password or passkey.";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.p8");

    public void Dispose() => File.Delete(_file);

    [Test]
    public void Without_settings_there_are_no_providers()
    {
        var configured = Read();

        Assert.That(configured.All, Is.Empty);
        Assert.That(configured.AppleKey, Is.Null);
    }

    [Test]
    public void Empty_settings_are_none() =>
        Assert.That(Read(("google:ClientIds:0", ""), ("google:Issuer", " "), ("apple:KeyPath", "")).All, Is.Empty);

    [Test]
    public void Apple_and_Google_are_known_by_name_and_others_have_an_issuer()
    {
        var configured = Read(
            ("apple:ClientIds:0", "ios"),
            ("google:ClientIds:0", "web"),
            ("google:ClientIds:1", "android"),
            ("my-company2:Issuer", "https://login.example.org/realms/a"),
            ("my-company2:ClientIds:0", "web"),
            ("my-company2:KeysUrl", "https://login.example.org/keys")
        );

        Assert.That(
            configured.All.Select(one => (one.Provider.Name, one.Provider.Issuer, one.KeysUrl)),
            Is.EqualTo([
                ("apple", "https://appleid.apple.com", null),
                ("google", "https://accounts.google.com", null),
                ("my-company2", "https://login.example.org/realms/a", "https://login.example.org/keys"),
            ])
        );
        Assert.That(configured.Find("google")?.Provider.ClientIds, Is.EqualTo(["web", "android"]));
        Assert.That(configured.AppleKey, Is.Null);
    }

    [TestCase("Google")]
    [TestCase("password")]
    [TestCase("passkey")]
    [TestCase("2fa")]
    [TestCase("-a")]
    [TestCase("a_b")]
    [TestCase("a.b")]
    [TestCase("ä")]
    [TestCase("abcdefghijabcdefghijabcdefghija")]
    public void A_wrong_name_is_refused(string name) =>
        Refuses($"{name}", $"not a name for a provider; {Names}", ($"{name}:ClientIds:0", "web"));

    [Test]
    public void A_name_of_30_characters_is_accepted() =>
        Assert.That(
            Read(
                ("abcdefghijabcdefghijabcdefghij:Issuer", "https://login.example.org"),
                ("abcdefghijabcdefghijabcdefghij:ClientIds:0", "web")
            ).All,
            Has.Count.EqualTo(1)
        );

    [TestCase(
        "login.example.org",
        "not an issuer; use an absolute http or https URL without query, for instance https://login.example.org."
    )]
    [TestCase(
        "/realms/a",
        "not an issuer; use an absolute http or https URL without query, for instance https://login.example.org."
    )]
    [TestCase(
        "ftp://login.example.org",
        "not an issuer; use an absolute http or https URL without query, for instance https://login.example.org."
    )]
    [TestCase(
        "https://login.example.org?a=b",
        "not an issuer; use an absolute http or https URL without query, for instance https://login.example.org."
    )]
    [TestCase(
        "https://login.example.org#a",
        "not an issuer; use an absolute http or https URL without query, for instance https://login.example.org."
    )]
    [TestCase(
        "https://me:hunter2@login.example.org",
        "not an issuer; use an absolute http or https URL without query, for instance https://login.example.org."
    )]
    [TestCase("http://login.example.org", "would fetch keys that anyone on the way can replace; use https.")]
    [TestCase("https://login.example.org ", "not an issuer; use at most 200 characters without white space.")]
    [TestCase(null, "is needed; use the issuer as its ID tokens name it.")]
    public void A_wrong_issuer_is_refused(string? issuer, string problem) =>
        Refuses("company:Issuer", problem, ("company:Issuer", issuer), ("company:ClientIds:0", "web"));

    [TestCase(200, true)]
    [TestCase(201, false)]
    public void An_issuer_has_at_most_200_characters(int length, bool accepted)
    {
        var issuer = "https://login.example.org/".PadRight(length, 'a');
        var read = () => Read(("company:Issuer", issuer), ("company:ClientIds:0", "web"));

        Assert.That(read, accepted ? Throws.Nothing : Throws.TypeOf<SettingsException>());
    }

    [TestCase("http://localhost:8080")]
    [TestCase("http://127.0.0.1:8080/google")]
    [TestCase("http://[::1]:8080")]
    public void On_this_machine_http_is_enough(string url) =>
        Assert.That(
            () => Read(("google:Issuer", url), ("google:KeysUrl", url), ("google:ClientIds:0", "web")),
            Throws.Nothing
        );

    [TestCase(
        "keys",
        "not the URL of a key set; use an absolute http or https URL without query, for instance https://login.example.org/keys."
    )]
    [TestCase("http://login.example.org/keys", "would fetch keys that anyone on the way can replace; use https.")]
    public void A_wrong_URL_of_keys_is_refused(string url, string problem) =>
        Refuses("google:KeysUrl", problem, ("google:KeysUrl", url), ("google:ClientIds:0", "web"));

    [Test]
    public void Two_providers_of_one_issuer_are_refused() =>
        Refuses(
            "google2:Issuer",
            "is also the issuer of Identity:Providers:google; use another one, or remove one of the two.",
            ("google:ClientIds:0", "web"),
            ("google2:Issuer", "https://accounts.google.com"),
            ("google2:ClientIds:0", "web")
        );

    [Test]
    public void A_provider_needs_a_client_id() =>
        Refuses(
            "google:ClientIds:0",
            "is needed; use the client id of the app at the issuer.",
            ("google:Issuer", "https://login.example.org")
        );

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("201")]
    public void A_wrong_client_id_is_refused(string id) =>
        Refuses(
            "google:ClientIds:1",
            "not a client id; use 1 to 200 characters.",
            ("google:ClientIds:0", new string('a', 200)),
            ("google:ClientIds:1", id == "201" ? new string('a', 201) : id)
        );

    [TestCase("google:ClientId", "is not a setting; use Issuer, ClientIds:0, KeysUrl.")]
    [TestCase("google:ClientIds", "is not a setting; use Issuer, ClientIds:0, KeysUrl.")]
    [TestCase("google:ClientIds:a", "is not a setting; use Issuer, ClientIds:0, KeysUrl.")]
    [TestCase("google:Issuer:0", "is not a setting; use Issuer, ClientIds:0, KeysUrl.")]
    [TestCase("google", "is not a setting; use Issuer, ClientIds:0, KeysUrl.")]
    [TestCase("google:KeyPath", "is only for apple; remove it.")]
    [TestCase("google:KeyId", "is only for apple; remove it.")]
    [TestCase("company:TeamId", "is only for apple; remove it.")]
    [TestCase("apple:ClientSecret", "is not a setting; use Issuer, ClientIds:0, KeysUrl, KeyPath, KeyId, TeamId.")]
    public void An_unknown_setting_is_refused(string key, string problem) => Refuses(key, problem, (key, "value"));

    [TestCase("KeyPath")]
    [TestCase("KeyId")]
    [TestCase("TeamId")]
    public void The_settings_of_the_key_belong_together(string missing) =>
        Refuses(
            $"apple:{missing}",
            "is needed with the other two of KeyPath, KeyId, TeamId.",
            WithKey(Pem(ECCurve.NamedCurves.nistP256), missing)
        );

    [Test]
    public void The_key_that_Apple_hands_out_is_read() =>
        Assert.That(Read(WithKey(Pem(ECCurve.NamedCurves.nistP256))).AppleKey, Is.Not.Null);

    [Test]
    public void Another_key_is_refused()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string[] files =
        [
            "",
            "hunter2",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            Pem(ECCurve.NamedCurves.nistP384),
            Pem(ECCurve.CreateFromFriendlyName("secp256k1")),
            rsa.ExportPkcs8PrivateKeyPem(),
            ec.ExportECPrivateKeyPem(),
            ec.ExportSubjectPublicKeyInfoPem(),
            ec.ExportEncryptedPkcs8PrivateKeyPem(
                "hunter2",
                new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)
            ),
        ];
        foreach (var file in files)
        {
            RefusesKey(WithKey(file));
        }

        RefusesKey([.. WithKey(Pem(ECCurve.NamedCurves.nistP256)), ("apple:KeyPath", _file + ".missing")]);
        RefusesKey([.. WithKey(Pem(ECCurve.NamedCurves.nistP256)), ("apple:KeyPath", Path.GetTempPath())]);
    }

    private static void RefusesKey((string, string?)[] settings) =>
        Refuses(
            "apple:KeyPath",
            "cannot be used; give the file that Apple hands out, a PEM file (PKCS #8) with an EC key on P-256.",
            settings
        );

    private static void Refuses(string key, string problem, params (string Key, string? Value)[] settings) =>
        Assert.That(
            () => Read(settings),
            Throws.TypeOf<SettingsException>().With.Message.EqualTo($"{Section}:{key}: {problem}")
        );

    private static string Pem(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static ConfiguredProviders Read(params (string Key, string? Value)[] settings)
    {
        Dictionary<string, string?> values = [];
        foreach (var (key, value) in settings)
        {
            values[$"{Section}:{key}"] = value;
        }

        return ConfiguredProviders.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }

    private (string, string?)[] WithKey(string pem, string? missing = null)
    {
        File.WriteAllText(_file, pem);
        (string Name, string Value)[] settings =
        [
            ("ClientIds:0", "ios"),
            ("KeyPath", _file),
            ("KeyId", "KEY"),
            ("TeamId", "TEAM"),
        ];
        return
        [
            .. settings.Select(one => ($"{IdentityProvider.Apple}:{one.Name}", one.Name == missing ? null : one.Value)),
        ];
    }
}
