using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.DataProtection;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Fitnessify.Infrastructure.Tests.DataProtection;

public sealed class KeyRingTests
{
    private const string Password = "hunter2-hunter2";

    [Test]
    public async Task Instances_that_start_concurrently_with_an_empty_key_ring_share_one_key()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var first = database.Start();
        await using var second = database.Start();
        using var start = new Barrier(2);

        var secrets = await Task.WhenAll(ProtectAsync(first, start), ProtectAsync(second, start));

        await using var afterRestart = database.Start();
        foreach (var server in new[] { first, second, afterRestart })
        {
            Assert.That(secrets.Select(secret => Protector(server).Unprotect(secret)), Is.All.EqualTo("secret"));
        }

        Assert.That(await ReadRingAsync(afterRestart), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_second_of_two_concurrently_created_keys_is_dropped()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var first = database.Start();
        await using var second = database.Start();
        Repository(first).GetAllElements();
        Repository(second).GetAllElements();

        Repository(first).StoreElement(new XElement("key", "first"), "first");
        Repository(second).StoreElement(new XElement("key", "second"), "second");
        Assert.That(Repository(second).GetAllElements().Select(element => element.Value), Is.EqualTo(["first"]));

        // The instance has seen the first key and wants another one, which is a rotation.
        Repository(second).StoreElement(new XElement("key", "next"), "next");
        Assert.That(Repository(first).GetAllElements().Select(key => key.Value), Is.EqualTo(["first", "next"]));
    }

    [Test]
    public async Task A_key_and_a_revocation_can_be_stored_concurrently()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var first = database.Start();
        await using var second = database.Start();

        Repository(first).StoreElement(new XElement("revocation"), "a");
        Repository(second).StoreElement(new XElement("key"), "b");
        Repository(first).StoreElement(new XElement("revocation"), "c");

        Assert.That(
            Repository(first).GetAllElements().Select(element => element.Name.LocalName),
            Is.EqualTo(["revocation", "key", "revocation"])
        );
    }

    [Test]
    public async Task No_revocation_is_lost_when_many_are_stored_concurrently()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();

        Parallel.For(0, 8, i => Repository(server).StoreElement(new XElement("revocation", i), $"{i}"));

        Assert.That(
            Repository(server).GetAllElements().Select(element => (int)element),
            Is.EquivalentTo(Enumerable.Range(0, 8))
        );
    }

    [Test]
    public async Task Keys_are_stored_unencrypted_without_a_certificate()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();
        Protector(server).Protect("secret");

        Assert.That((await ReadRingAsync(server)).Single(), Does.Contain("<masterKey"));
    }

    [Test]
    public async Task A_certificate_encrypts_the_keys_and_decrypts_them_after_a_restart()
    {
        await using var database = await TestDatabase.MigratedAsync();
        (string, string)[] settings =
        [
            ("DataProtection:CertificatePath", CreateCertificate(database.Folder)),
            ("DataProtection:CertificatePassword", Password),
        ];
        await using var server = database.Start(settings);
        var secret = Protector(server).Protect("secret");

        var stored = (await ReadRingAsync(server)).Single();
        Assert.That(stored, Does.Contain("EncryptedXmlDecryptor").And.Contain("<encryptedSecret"));
        Assert.That(stored, Does.Not.Contain("masterKey"));

        await using var afterRestart = database.Start(settings);
        Assert.That(Protector(afterRestart).Unprotect(secret), Is.EqualTo("secret"));
        Assert.That(await ReadRingAsync(afterRestart), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Keys_of_a_previous_certificate_are_readable_while_it_is_configured()
    {
        await using var database = await TestDatabase.MigratedAsync();
        var password = ("DataProtection:CertificatePassword", Password);
        var first = CreateCertificate(database.Folder, name: "first.pfx");
        var second = ("DataProtection:CertificatePath", CreateCertificate(database.Folder, name: "second.pfx"));
        await using var before = database.Start(("DataProtection:CertificatePath", first), password);
        var secret = Protector(before).Protect("secret");

        await using var after = database.Start(second, ("DataProtection:PreviousCertificatePaths:0", first), password);
        await using var withoutTheFirst = database.Start(second, password);

        Assert.That(Protector(after).Unprotect(secret), Is.EqualTo("secret"));
        Assert.That(() => Protector(withoutTheFirst).Unprotect(secret), Throws.InstanceOf<CryptographicException>());
    }

    [Test]
    public async Task An_unusable_previous_certificate_stops_the_startup()
    {
        await using var database = TestDatabase.Empty();

        Assert.That(
            () => database.Start(("DataProtection:PreviousCertificatePaths:0", "nowhere.pfx")),
            Throws.TypeOf<SettingsException>().With.Message.StartsWith("DataProtection:PreviousCertificatePaths:0: ")
        );
    }

    [TestCase("wrong password")]
    [TestCase("no such file")]
    [TestCase("a folder")]
    [TestCase("not a certificate")]
    [TestCase("without its private key")]
    public async Task An_unusable_certificate_stops_the_startup(string kind)
    {
        await using var database = TestDatabase.Empty();
        var path = CreateCertificate(database.Folder, kind != "without its private key");
        var other = Path.Combine(database.Folder, "other.pfx");
        switch (kind)
        {
            case "a folder":
                Directory.CreateDirectory(other);
                break;
            case "not a certificate":
                await File.WriteAllTextAsync(other, "not a certificate");
                break;
        }

        Assert.That(
            () =>
                database.Start(
                    (
                        "DataProtection:CertificatePath",
                        kind is "wrong password" or "without its private key" ? path : other
                    ),
                    ("DataProtection:CertificatePassword", kind == "wrong password" ? "guessed-wrong" : Password)
                ),
            Throws
                .TypeOf<SettingsException>()
                .With.Message.StartsWith("DataProtection:CertificatePath: ")
                .And.Message.Contains("DataProtection:CertificatePassword")
                .And.Message.Not.Contains("guessed-wrong")
        );
    }

    private static IXmlRepository Repository(Instance server) =>
        server.Get<IOptions<KeyManagementOptions>>().Value.XmlRepository!;

    private static IDataProtector Protector(Instance server) =>
        server.Get<IDataProtectionProvider>().CreateProtector("test");

    // Each call has its own thread, because both must have started before either may continue.
    private static Task<string> ProtectAsync(Instance server, Barrier start) =>
        Task.Factory.StartNew(
            () =>
            {
                var protector = Protector(server);
                start.SignalAndWait(TimeSpan.FromSeconds(30));
                return protector.Protect("secret");
            },
            default,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static Task<List<string>> ReadRingAsync(Instance server) =>
        server.UseAsync((AppDbContext context) => context.DataProtectionKeys.Select(key => key.Xml).ToListAsync());

    private static string CreateCertificate(string folder, bool withPrivateKey = true, string name = "test.pfx")
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var withoutKey = X509CertificateLoader.LoadCertificate(certificate.RawData);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, (withPrivateKey ? certificate : withoutKey).Export(X509ContentType.Pfx, Password));
        return path;
    }
}
