using System.Buffers.Text;
using System.Security.Cryptography;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Push;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class VapidKeyTests
{
    // The key of the example in RFC 8291, appendix A.
    private const string PrivateKey = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private const string PublicKey =
        "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";

    [Test]
    public void The_public_key_belongs_to_the_private_key()
    {
        var pair = VapidKeyPair.Of(Base64Url.DecodeFromChars(PrivateKey));

        Assert.That((pair.PublicKey, pair.PrivateKey), Is.EqualTo((PublicKey, PrivateKey)));
    }

    [Test]
    public async Task All_instances_have_the_same_key_even_after_a_restart()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var first = database.Start();
        await using var second = database.Start();

        var pairs = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => ReadAsync(i % 2 == 0 ? first : second)))
        );

        await using var restarted = database.Start();
        Assert.That(
            pairs.Select(pair => pair.PrivateKey).Distinct(),
            Is.EqualTo([(await ReadAsync(restarted)).PrivateKey])
        );
        Assert.That(pairs[0].PublicKey, Has.Length.EqualTo(87));
    }

    [Test]
    public async Task Another_database_has_another_key()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();
        await using var other = TestRun.Database.Start();

        Assert.That((await ReadAsync(server)).PublicKey, Is.Not.EqualTo((await ReadAsync(other)).PublicKey));
    }

    [Test]
    public async Task Apps_subscribe_with_the_key_that_signs()
    {
        await using var server = TestRun.Database.Start();
        var published = await server.Get<IPushPlatforms>().ReadWebPushPublicKeyAsync(default);
        using var signing = (await ReadAsync(server)).Open();
        var point = Base64Url.DecodeFromChars(published);

        using var verifying = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[1..33], Y = point[33..] },
            }
        );

        byte[] data = [1, 2, 3];
        var signature = signing.SignData(data, HashAlgorithmName.SHA256);
        Assert.That(verifying.VerifyData(data, signature, HashAlgorithmName.SHA256), Is.True);
    }

    private static Task<VapidKeyPair> ReadAsync(Instance server) => server.Get<VapidKey>().GetAsync(default).AsTask();
}
