using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Push;

public sealed class PutDeviceTests
{
    private const string Key =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";

    private readonly Guid _id = Guid.NewGuid();

    [Test]
    public async Task Registers_a_device_and_replaces_what_was_registered_before()
    {
        var (client, subscription) = (await Api.Shared.SignedInAsync(), Api.Push.Subscribe());

        using var first = await client.PutDeviceAsync(_id, subscription.Registration());
        using var again = await client.PutDeviceAsync(_id, subscription.Registration(preview: true));

        Assert.That(await first.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("200"));
        var (created, replaced) = (await first.JsonAsync(), await again.JsonAsync());
        Assert.That(
            created.Members(),
            Is.EqualTo((string[])["id", "sessionId", "platform", "locale", "preview", "createdAt", "lastSeenAt"])
        );
        Assert.That(
            (created.Text("id"), created.Text("sessionId"), created.Text("platform")),
            Is.EqualTo(($"{_id}", $"{client.SessionId}", "webPush"))
        );
        Assert.That(
            (created.GetProperty("preview").GetBoolean(), replaced.GetProperty("preview").GetBoolean()),
            Is.EqualTo((false, true))
        );
        Assert.That(replaced.Text("createdAt"), Is.EqualTo(created.Text("createdAt")));
        Assert.That(await client.DeviceIdsAsync(), Is.EqualTo([_id]));
    }

    [Test]
    public async Task The_id_belongs_to_the_user_so_that_two_users_can_have_the_same()
    {
        var (ann, ben) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());

        using var first = await ann.PutDeviceAsync(_id, Api.Push.Subscribe().Registration());
        using var second = await ben.PutDeviceAsync(_id, Api.Push.Subscribe().Registration());

        Assert.That(await second.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(await ann.DeviceIdsAsync(), Is.EqualTo([_id]));
        Assert.That(await ben.DeviceIdsAsync(), Is.EqualTo([_id]));
    }

    [Test]
    public async Task An_endpoint_that_another_user_registers_moves_to_that_user()
    {
        var (ann, ben) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var subscription = Api.Push.Subscribe();
        await ann.DeviceAsync(subscription, preview: true);

        var id = await ben.DeviceAsync(subscription, preview: true);
        await ann.CreatedOverdueAsync("Of Ann");
        await ben.CreatedOverdueAsync("Of Ben");
        await Api.Shared.NotifyAsync();
        await Api.Push.WaitForAsync(() => subscription.Shown.Count > 0);
        await Api.Shared.SendPushesAsync();

        Assert.That(await ann.DeviceIdsAsync(), Is.Empty);
        Assert.That(await ben.DeviceIdsAsync(), Is.EqualTo([id]));
        Assert.That(
            subscription.Shown.Values.Select(push => push.Message.Text("title")),
            Is.EqualTo((string[])["Of Ben"])
        );
    }

    [Test]
    public async Task A_device_belongs_to_the_session_that_has_put_it_last()
    {
        var phone = await Api.Shared.SignedInAsync();
        var again = await Api.Shared.SignedInAsync(phone.Person);
        var subscription = Api.Push.Subscribe();
        using var first = await phone.PutDeviceAsync(_id, subscription.Registration());

        using var second = await again.PutDeviceAsync(_id, subscription.Registration());
        using var logout = await phone.PostAsync(ApiClient.Logout);

        Assert.That(await second.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await second.JsonAsync()).Text("sessionId"), Is.EqualTo($"{again.SessionId}"));
        Assert.That(await again.DeviceIdsAsync(), Is.EqualTo([_id]));
    }

    [Test]
    public async Task The_device_that_was_not_seen_for_longest_goes_when_there_are_twenty()
    {
        var client = await Api.Shared.SignedInAsync();
        List<Guid> ids = [];
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await client.DeviceAsync(Api.Push.Subscribe()));
        }

        using var seen = await client.PutDeviceAsync(ids[0], Api.Push.Subscribe().Registration());
        ids.Add(await client.DeviceAsync(Api.Push.Subscribe()));

        Assert.That(await seen.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await client.DeviceIdsAsync(), Is.EquivalentTo(ids.Except([ids[1]])));
    }

    [TestCase("""{}""", "#/platform required")]
    [TestCase("""{"platform":"sms"}""", "#/platform not_allowed")]
    [TestCase("""{"platform":"webPush"}""", "#/endpoint required", "#/p256dh required", "#/auth required")]
    [TestCase("""{"platform":"fcm"}""", "#/token required")]
    [TestCase("""{"platform":"apns","token":"not hexadecimal"}""", "#/token invalid_format")]
    [TestCase("""{"platform":"fcm","token":"a b"}""", "#/token invalid_format")]
    [TestCase("""{"platform":"fcm","token":"a","auth":"x"}""", "#/auth not_allowed")]
    public async Task A_wrong_registration_is_refused(string body, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();

        using var put = await client.PutDeviceAsync(_id, body);

        Assert.That(await put.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await put.ErrorsAsync(), Is.EquivalentTo(errors));
    }

    [TestCase("http://fcm.googleapis.com/fcm/send/x")]
    [TestCase("https://example.org/push/x")]
    [TestCase("https://fcm.googleapis.com.example.org/x")]
    [TestCase("https://fcm.googleapis.com:8443/x")]
    [TestCase("https://127.0.0.1/x")]
    [TestCase("https://2130706433/x")]
    [TestCase("https://0x7f000001/x")]
    [TestCase("https://10.0.0.1/x")]
    [TestCase("https://169.254.169.254/latest/meta-data")]
    [TestCase("https://[::1]/x")]
    [TestCase("https://[::ffff:10.0.0.1]/x")]
    [TestCase("https://[fe80::1]/x")]
    [TestCase("https://localhost/x")]
    public async Task An_endpoint_that_is_not_on_an_allowed_host_is_refused(string endpoint)
    {
        await using var api = Api.Start(new() { ["Push:AllowedHosts:0"] = null });
        var client = await api.SignedInAsync();

        using var put = await client.PutDeviceAsync(
            _id,
            JsonSerializer.Serialize(
                new
                {
                    platform = "webPush",
                    endpoint,
                    p256dh = Key,
                    auth = Secret,
                }
            )
        );

        Assert.That(await put.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await put.ErrorsAsync(), Is.EqualTo((string[])["#/endpoint not_allowed"]));
        Assert.That(await client.DeviceIdsAsync(), Is.Empty);
    }

    [TestCase("""{"platform":"fcm","token":"a-token"}""")]
    [TestCase("""{"platform":"apns","token":"00112233445566778899aabbccddeeff"}""")]
    public async Task A_platform_that_is_not_configured_is_refused(string body)
    {
        var client = await Api.Shared.SignedInAsync();

        using var put = await client.PutDeviceAsync(_id, body);

        Assert.That(await put.OutcomeAsync(), Is.EqualTo("409 push_not_configured"));
    }
}
