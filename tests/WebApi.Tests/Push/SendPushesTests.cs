using System.Buffers.Text;
using System.Globalization;

namespace Fitnessify.WebApi.Tests.Push;

/// <summary>Messages reach devices through a push service that decrypts them.</summary>
public sealed class SendPushesTests
{
    // The push service disposes of its subscriptions.
    private readonly TestPushSubscription[] _devices = [Api.Push.Subscribe(), Api.Push.Subscribe()];

    private TestPushSubscription Phone => _devices[0];

    private TestPushSubscription Laptop => _devices[1];

    [Test]
    public async Task A_task_falls_due_and_each_device_shows_it_once_with_its_title_only_where_previews_are_on()
    {
        var client = await Api.Shared.SignedInAsync();
        await client.DeviceAsync(Phone, preview: true);
        await client.DeviceAsync(Laptop, preview: false);

        var notification = await Api.Shared.NotifiedAsync(client, "Call the doctor");
        await Api.Push.WaitForAsync(() => Phone.Shown.Count + Laptop.Shown.Count == 2);
        await Api.Shared.NotifyAsync();
        await Api.Shared.SendPushesAsync();

        var (withTitle, without) = (Received(Phone).Single(), Received(Laptop).Single());
        Assert.That(
            withTitle.Message.ToString(),
            Is.EqualTo(
                $$"""{"id":"{{notification.Text("id")}}","type":"taskOverdue","taskId":"{{notification.Text("taskId")}}","title":"Call the doctor"}"""
            )
        );
        Assert.That(
            without.Message.ToString(),
            Is.EqualTo(
                $$"""{"id":"{{notification.Text("id")}}","type":"taskOverdue","taskId":"{{notification.Text("taskId")}}"}"""
            )
        );
        foreach (var push in (ReceivedPush[])[withTitle, without])
        {
            Assert.That(push.Topic, Is.EqualTo(Base64Url.EncodeToString(push.Id.ToByteArray(bigEndian: true))));
            Assert.That(push.Urgency, Is.EqualTo("high"));
            Assert.That(push.Ttl, Is.InRange(TimeSpan.FromHours(23), TimeSpan.FromDays(1)));
        }
    }

    [TestCase("read")]
    [TestCase("read-all")]
    [TestCase("complete")]
    [TestCase("snooze")]
    public async Task A_notification_that_was_dealt_with_on_one_device_goes_from_the_others(string act)
    {
        var phone = await Api.Shared.SignedInAsync();
        var laptop = await Api.Shared.SignedInAsync(phone.Person);
        await phone.DeviceAsync(Phone);
        await laptop.DeviceAsync(Laptop);
        var notification = await Api.Shared.NotifiedAsync(phone);
        await Api.Push.WaitForAsync(() => Phone.Shown.Count + Laptop.Shown.Count == 2);

        using var done = act switch
        {
            "read" => await phone.PostAsync(notification.ReadPath()),
            "read-all" => await phone.PostAsync(NotificationCalls.ReadAll),
            "complete" => await phone.PostAsync(notification.CompletePath()),
            _ => await phone.PostAsync(notification.SnoozePath(), new { minutes = 10 }),
        };
        using var again = await phone.PostAsync(notification.ReadPath());
        await Api.Push.WaitForAsync(() => Laptop.Shown.Count == 0);
        await Api.Shared.SendPushesAsync();

        Assert.That((int)done.StatusCode, Is.InRange(200, 204));
        var taken = Received(Laptop)[^1];
        Assert.That(
            taken.Message.ToString(),
            Is.EqualTo(
                $$"""{"id":"{{notification.Text("id")}}","type":"dismiss","taskId":"{{notification.Text("taskId")}}"}"""
            )
        );
        Assert.That(taken.Topic, Is.EqualTo(Received(Laptop)[0].Topic));
        Assert.That((Received(Laptop).Count, Received(Phone).Count), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task Nothing_is_sent_for_a_task_that_was_completed_before_its_message_left()
    {
        var client = await Api.Shared.SignedInAsync();
        await client.DeviceAsync(Phone, preview: true);
        await SetAsync(client, push: true, quiet: true);
        var task = await client.CreatedOverdueAsync("Done in time");
        await Api.Shared.NotifyAsync();
        using var done = await client.PatchAsync(task.Path(), new { status = "done" });

        await SetAsync(client, push: true, quiet: false);
        await Api.Shared.NotifiedAsync(client, "Still to do");
        await Api.Push.WaitForAsync(() => Phone.Shown.Count > 0);
        await Api.Shared.SendPushesAsync();

        Assert.That(await done.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(Received(Phone).Select(push => push.Message.Text("title")), Is.EqualTo((string[])["Still to do"]));
    }

    [Test]
    public async Task Quiet_hours_hold_a_message_until_they_end()
    {
        var client = await Api.Shared.SignedInAsync();
        await client.DeviceAsync(Phone);
        await SetAsync(client, push: true, quiet: true);
        await Api.Shared.NotifiedAsync(client);
        await Api.Shared.SendPushesAsync();
        var before = Received(Phone).Count;

        await SetAsync(client, push: true, quiet: false);
        await Api.Push.WaitForAsync(() => Phone.Shown.Count == 1);

        Assert.That(before, Is.Zero);
    }

    [Test]
    public async Task Nothing_is_pushed_to_a_user_who_has_switched_it_off()
    {
        var client = await Api.Shared.SignedInAsync();
        await client.DeviceAsync(Phone);
        await SetAsync(client, push: false, quiet: false);
        await Api.Shared.NotifiedAsync(client);
        await SetAsync(client, push: true, quiet: false);
        await Api.Shared.NotifiedAsync(client, "After");
        await Api.Push.WaitForAsync(() => Phone.Shown.Count > 0);
        await Api.Shared.SendPushesAsync();

        Assert.That(Received(Phone), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_subscription_that_has_ended_takes_its_device_along()
    {
        var client = await Api.Shared.SignedInAsync();
        await client.DeviceAsync(Phone);
        var kept = await client.DeviceAsync(Laptop);
        Api.Push.Unsubscribe(Phone);

        await Api.Shared.NotifiedAsync(client);
        while ((await client.DeviceIdsAsync()).Count > 1)
        {
            await Api.Shared.SendPushesAsync();
        }

        Assert.That(await client.DeviceIdsAsync(), Is.EqualTo([kept]));
        await Api.Push.WaitForAsync(() => Laptop.Shown.Count == 1);
    }

    private static List<ReceivedPush> Received(TestPushSubscription subscription) =>
        [.. Api.Push.Received.Where(push => push.Subscription == subscription)];

    private static async Task SetAsync(ApiClient client, bool push, bool quiet)
    {
        using var set = await client.PutAsync(
            NotificationCalls.Settings,
            new
            {
                email = false,
                push,
                quietFrom = quiet ? InHours(-1) : null,
                quietTo = quiet ? InHours(1) : null,
            }
        );
        Assert.That(await set.OutcomeAsync(), Is.EqualTo("200"));
    }

    private static string InHours(int hours) =>
        DateTimeOffset.UtcNow.AddHours(hours).ToString("HH:mm", CultureInfo.InvariantCulture);
}
