using System.Buffers.Text;

namespace Fitnessify.WebApi.Tests.Push;

public sealed class GetPushConfigTests
{
    [Test]
    public async Task Web_Push_works_without_configuration_and_the_others_do_not()
    {
        var config = await Api.Shared.Anonymous().ReadAsync(DeviceCalls.Config);

        var key = Base64Url.DecodeFromChars(config.Text("webPushPublicKey"));
        Assert.That((key.Length, key[0]), Is.EqualTo((65, 4)));
        Assert.That(
            (config.GetProperty("fcm").GetBoolean(), config.GetProperty("apns").GetBoolean()),
            Is.EqualTo((false, false))
        );
    }

    [Test]
    public async Task Servers_with_one_database_have_one_key_and_others_have_another()
    {
        await using var first = Api.Start();
        await using var second = Api.Start(new() { ["ConnectionStrings:Fitnessify"] = first.ConnectionString });

        var keys = await Task.WhenAll(KeyOfAsync(first), KeyOfAsync(second), KeyOfAsync(Api.Shared));

        Assert.That(keys[1], Is.EqualTo(keys[0]));
        Assert.That(keys[2], Is.Not.EqualTo(keys[0]));
    }

    private static async Task<string> KeyOfAsync(Api api) =>
        (await api.Anonymous().ReadAsync(DeviceCalls.Config)).Text("webPushPublicKey");
}
