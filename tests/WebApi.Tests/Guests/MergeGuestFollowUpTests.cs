using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>What goes on in the account that has begun with the guest: series, notifications, sync, and what jobs have still to do.</summary>
public sealed class MergeGuestFollowUpTests
{
    [Test]
    public async Task A_series_goes_on_with_the_ids_that_the_guests_device_has_predicted()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        var first = await guest.CreatedAsync(TaskCalls.Repeating);
        var seriesId = first.GetProperty("seriesId").GetGuid();
        await guest.PatchedAsync(first, """{"status":"done"}""");
        var second = await guest.ReadAsync($"{TaskCalls.Tasks}/{Recurrence.IdOf(seriesId, new DateOnly(2040, 1, 2))}");

        var device = await Api.Shared.MergedAsync(guest, member.Person);
        await device.PatchedAsync(second, """{"status":"done"}""");

        var third = await device.ReadAsync($"{TaskCalls.Tasks}/{Recurrence.IdOf(seriesId, new DateOnly(2040, 1, 3))}");
        Assert.That(third.Text("status"), Is.EqualTo("todo"));
        Assert.That(third.GetProperty("seriesId").GetGuid(), Is.EqualTo(seriesId));
        var series = await device.ReadAsync($"{TaskCalls.Tasks}/series/{seriesId}?from=2040-01-01&to=2040-01-03");
        Assert.That(
            series.GetProperty("occurrences").EnumerateArray().Select(each => each.Text("state")),
            Is.EqualTo(["done", "done", "open"])
        );
        Assert.That(series.GetProperty("done").GetInt32(), Is.EqualTo(2));
        Assert.That(series.GetProperty("longestStreak").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task What_the_guest_was_notified_of_is_the_accounts_and_comes_only_once()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await Api.Shared.NotifiedAsync(member, "Own");
        var swim = await Api.Shared.NotifiedAsync(guest, "Swim");
        var read = await Api.Shared.NotifiedAsync(guest, "Read");
        using var reading = await guest.PostAsync(read.ReadPath());

        var device = await Api.Shared.MergedAsync(guest, member.Person);
        await Api.Shared.NotifyAsync();

        Assert.That(await device.NotifiedTitlesAsync(), Is.EqualTo("Read Swim Own"));
        Assert.That(await device.UnreadCountAsync(), Is.EqualTo(2));
        using var completed = await device.PostAsync(swim.CompletePath());
        Assert.That((await completed.JsonAsync()).Text("status"), Is.EqualTo("done"));
        Assert.That(await device.UnreadCountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_the_guest_has_snoozed_comes_again_in_the_account()
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var (member, guest) = (await api.SignedInAsync(), await api.GuestAsync());
        var swim = await api.NotifiedAsync(guest, "Swim");
        using var snoozed = await guest.PostAsync(swim.SnoozePath(), new { minutes = 5 });
        Assert.That(await snoozed.OutcomeAsync(), Is.EqualTo("200"));

        var device = await api.MergedAsync(guest, member.Person);
        await api.NotifyAsync();
        var before = await device.UnreadCountAsync();
        clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        await api.NotifyAsync();

        Assert.That(before, Is.Zero);
        Assert.That(await device.UnreadCountAsync(), Is.EqualTo(1));
        Assert.That(await device.NotifiedTitlesAsync(), Is.EqualTo("Swim Swim"));
    }

    [Test]
    public async Task The_trash_of_the_guest_is_that_of_the_account_and_can_be_restored()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        var trashed = await guest.CreatedAsync("""{"title":"Swim"}""");
        await guest.TrashedAsync(trashed);

        var device = await Api.Shared.MergedAsync(guest, member.Person);
        var trash = (await device.ReadAsync(TaskCalls.Trash)).Items().Single();
        using var restored = await device.PostAsync($"{trashed.Path()}/restore");

        Assert.That(trash.Text("id"), Is.EqualTo(trashed.Text("id")));
        Assert.That(await restored.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await device.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [Test]
    public Task The_tasks_of_a_list_that_the_guest_has_deleted_still_follow_into_the_trash() =>
        Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(async _ =>
                {
                    var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
                    // The counter of the account is ahead.
                    await member.PatchedAsync(
                        await member.CreatedAsync("""{"title":"Own"}"""),
                        """{"priority":"high"}"""
                    );
                    var list = await guest.CreatedListAsync();
                    await guest.CreatedAsync($$"""{"title":"Swim","listId":"{{list.Text("id")}}"}""");
                    await guest.DeletedListAsync(list);

                    var device = await Api.Shared.MergedAsync(guest, member.Person);

                    await EventuallyAsync(async () => await device.TitlesAsync() == "Own");
                    Assert.That(
                        (await device.ReadAsync(TaskCalls.Trash)).Items().Select(task => task.Text("title")),
                        Is.EqualTo(["Swim"])
                    );
                })
        );

    [Test]
    public async Task The_other_devices_of_the_account_get_exactly_what_was_merged()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await member.CreatedAsync();
        await member.CreatedListAsync();
        var (_, since) = await member.ChangesAsync();
        var list = await guest.CreatedListAsync();
        var (kept, trashed) = (await guest.CreatedAsync(), await guest.CreatedAsync("""{"title":"Swim"}"""));
        await guest.TrashedAsync(trashed);
        var gone = await guest.CreatedListAsync("""{"name":"Gone"}""");
        await guest.DeletedListAsync(gone);
        var (_, ofGuest) = await guest.ChangesAsync();

        var device = await Api.Shared.MergedAsync(guest, member.Person);

        var (changes, next) = await member.ChangesAsync(since);
        Assert.That(
            changes.Select(item => (item.Text("kind"), item.Text("id"), item.GetProperty("deleted").GetBoolean())),
            Is.EqualTo([
                ("list", list.Text("id"), false),
                ("task", kept.Text("id"), false),
                ("task", trashed.Text("id"), true),
                ("list", gone.Text("id"), true),
            ])
        );
        using var refused = await device.GetAsync($"{TaskCalls.Changes}?since={ofGuest}");
        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("400 invalid_sync_token"));
        Assert.That(
            (await device.ChangesAsync()).Items.Count(item => !item.GetProperty("deleted").GetBoolean()),
            Is.EqualTo(4)
        );
        await device.CreatedAsync("""{"title":"Next"}""");
        Assert.That((await member.ChangesAsync(next)).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Floating_tasks_of_the_guest_are_due_where_the_account_is()
    {
        var member = await Api.Shared.SignedInAsync();
        using var moved = await member.PatchAsync(ApiClient.Me, new { timeZone = "America/New_York" });
        Assert.That(await moved.OutcomeAsync(), Is.EqualTo("200"));
        var guest = await Api.Shared.GuestAsync(timeZone: "Europe/Berlin");
        var floating = await guest.CreatedAsync("""{"title":"Swim","due":{"date":"2040-01-01","time":"18:00"}}""");
        var fixedZone = await guest.CreatedAsync(
            """{"title":"Call","due":{"date":"2040-01-01","time":"18:00","timeZone":"Asia/Tokyo"}}"""
        );
        Assert.That(floating.Text("dueAt"), Is.EqualTo("2040-01-01T17:00:00.000Z"));

        var device = await Api.Shared.MergedAsync(guest, member.Person);
        await RescheduleAsync(Api.Shared);

        await EventuallyAsync(async () =>
            (await device.ReadAsync(floating.Path())).Text("dueAt") == "2040-01-01T23:00:00.000Z"
        );
        Assert.That((await device.ReadAsync(fixedZone.Path())).Text("dueAt"), Is.EqualTo(fixedZone.Text("dueAt")));
        Assert.That((await device.ReadAsync(ApiClient.Me)).Text("timeZone"), Is.EqualTo("America/New_York"));
    }

    [Test]
    public async Task The_devices_of_the_guest_go_with_its_session_and_can_be_put_again()
    {
        var subscription = Api.Push.Subscribe();
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.DeviceAsync(subscription);

        var device = await Api.Shared.MergedAsync(guest, member.Person);
        Assert.That(await device.DeviceIdsAsync(), Is.Empty);
        var id = await device.DeviceAsync(subscription);
        await Api.Shared.NotifiedAsync(member);
        await Api.Push.WaitForAsync(() => subscription.Shown.Count == 1);

        Assert.That(await member.DeviceIdsAsync(), Is.EqualTo([id]));
    }

    private static async Task RescheduleAsync(Api api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RescheduleTasksCommand());
    }

    // A job does it within seconds.
    private static async Task EventuallyAsync(Func<Task<bool>> isTrue)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await isTrue())
        {
            await pace.WaitForNextTickAsync(timeout.Token);
        }
    }
}
