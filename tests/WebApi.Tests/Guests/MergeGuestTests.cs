using System.Text.Json;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>What the account of a person has after a sign-in that has brought along a guest.</summary>
public sealed class MergeGuestTests
{
    [Test]
    public async Task The_tasks_of_a_guest_become_those_of_the_account()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        var own = await member.CreatedAsync("""{"title":"Own"}""");
        var list = await guest.CreatedListAsync("""{"name":"Sports","color":"#00ff00"}""");
        var task = await guest.CreatedAsync(
            $$$"""{"title":"Swim","description":"Far","priority":"high","labels":["A","B"],"listId":"{{{list.Text("id")}}}","due":{"date":"2040-01-01"},"reminders":[10],"checklist":{"a":{"title":"Towel","done":true,"position":"V"} } }"""
        );

        var device = await Api.Shared.MergedAsync(guest, member.Person);

        var (merged, mergedList) = (await device.ReadAsync(task.Path()), await device.ReadAsync(list.ListPath()));
        Assert.That(Without(merged, "version"), Is.EqualTo(Without(task, "version")));
        Assert.That(Without(mergedList, "version"), Is.EqualTo(Without(list, "version")));
        Assert.That((await device.ReadAsync(own.Path())).ToString(), Is.EqualTo(own.ToString()));
        Assert.That(await device.TitlesAsync($"?list={list.Text("id")}&label=A&q=far"), Is.EqualTo("Swim"));
        Assert.That(await member.TitlesAsync("?sort=createdAt"), Is.EqualTo("Own Swim"), "Other devices see it, too.");
    }

    [Test]
    public async Task The_guest_is_gone_afterwards()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await guest.CreatedAsync();
        var admin = await Api.Shared.SignedInAsAsync(Roles.Admin);
        var id = await guest.IdAsync();

        await Api.Shared.MergedAsync(guest, member.Person);

        using var refreshed = await guest.RefreshAsync();
        Assert.That(await guest.OutcomeOfAsync(TaskCalls.Tasks), Is.EqualTo("401 session_revoked"));
        Assert.That(await refreshed.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
        Assert.That(await admin.OutcomeOfAsync($"{AdminCalls.Users}/{id}"), Is.EqualTo("404 not_found"));
        await Api.Shared.EraseAccountsAsync();
        Assert.That(await member.TitlesAsync(), Is.EqualTo("Run"), "The erasure of the guest takes nothing along.");
    }

    [Test]
    public async Task Versions_go_on_after_those_of_both()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        var own = await member.CreatedAsync();
        for (var i = 0; i < 7; i++)
        {
            own = await member.PatchedAsync(own, $$"""{"title":"Run {{i}}"}""");
        }

        var (first, second, third) = (
            await guest.CreatedAsync("""{"title":"A"}"""),
            await guest.CreatedAsync("""{"title":"B"}"""),
            await guest.CreatedAsync("""{"title":"C"}""")
        );
        first = await guest.PatchedAsync(first, """{"title":"A2"}""");

        var device = await Api.Shared.MergedAsync(guest, member.Person);

        long[] versions =
        [
            (await device.ReadAsync(second.Path())).Version(),
            (await device.ReadAsync(third.Path())).Version(),
            (await device.ReadAsync(first.Path())).Version(),
        ];
        Assert.That(versions, Is.Ordered.Ascending.And.Unique);
        Assert.That(versions[0], Is.GreaterThan(own.Version()).And.GreaterThan(first.Version()));
        var next = await member.CreatedAsync();
        Assert.That(next.Version(), Is.GreaterThan(versions[^1]));
        Assert.That(await device.TitlesAsync("?sort=createdAt"), Is.EqualTo("Run 6 A2 B C Run").IgnoreCase);
    }

    [Test]
    public async Task Versions_go_on_where_the_guest_has_changed_more_than_the_account()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        var own = await member.CreatedAsync("""{"title":"Own"}""");
        var task = await guest.CreatedAsync();
        for (var i = 0; i < 9; i++)
        {
            task = await guest.PatchedAsync(task, $$"""{"title":"Swim {{i}}"}""");
        }

        var device = await Api.Shared.MergedAsync(guest, member.Person);

        Assert.That((await device.ReadAsync(task.Path())).Version(), Is.GreaterThan(task.Version()));
        Assert.That((await device.ReadAsync(own.Path())).Version(), Is.EqualTo(own.Version()));
        own = await device.PatchedAsync(own, """{"title":"Changed"}""");
        Assert.That(own.Version(), Is.GreaterThan((await device.ReadAsync(task.Path())).Version()));
    }

    [Test]
    public async Task Entity_tags_of_before_the_merge_do_not_match_any_more()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        var task = await guest.CreatedAsync();

        var device = await Api.Shared.MergedAsync(guest, member.Person);
        var merged = await device.ReadAsync(task.Path());

        const string Patch = """{"title":"Swim"}""";
        using var stale = await device.SendJsonAsync("PATCH", task.Path(), Patch, ("If-Match", task.ETag()));
        using var same = await device.SendAsync("GET", task.Path(), ("If-None-Match", merged.ETag()));
        using var current = await device.SendJsonAsync("PATCH", task.Path(), Patch, ("If-Match", merged.ETag()));
        Assert.That(await stale.OutcomeAsync(), Is.EqualTo("412 precondition_failed"));
        Assert.That((int)same.StatusCode, Is.EqualTo(304));
        Assert.That(await current.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_guest_into_an_empty_account_and_an_empty_guest_merge_too()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        var task = await guest.CreatedAsync();
        var first = await Api.Shared.MergedAsync(guest, member.Person);
        var empty = await Api.Shared.GuestAsync();

        var second = await Api.Shared.MergedAsync(empty, member.Person);

        Assert.That(await first.TitlesAsync(), Is.EqualTo("Run"));
        Assert.That((await second.ReadAsync(task.Path())).Text("title"), Is.EqualTo("Run"));
        Assert.That(await empty.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
    }

    [Test]
    public async Task Several_guests_merge_one_after_the_other()
    {
        var member = await Api.Shared.SignedInAsync();
        foreach (var title in (string[])["A", "B", "C"])
        {
            var guest = await Api.Shared.GuestAsync();
            await guest.CreatedAsync($$"""{"title":"{{title}}"}""");
            await Api.Shared.MergedAsync(guest, member.Person);
        }

        Assert.That(await member.TitlesAsync("?sort=createdAt"), Is.EqualTo("A B C"));
    }

    [Test]
    public async Task Positions_stay_and_a_retry_without_a_position_is_no_change()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        await member.CreatedAsync();
        await member.CreatedAsync();
        var path = $"{TaskCalls.Tasks}/{Guid.NewGuid()}";
        var listPath = $"{ListCalls.Lists}/{Guid.NewGuid()}";
        const string Body = """{"title":"Swim"}""";
        const string ListBody = """{"name":"Sports"}""";
        using var put = await guest.SendJsonAsync("PUT", path, Body, ("If-None-Match", "*"));
        using var putList = await guest.SendJsonAsync("PUT", listPath, ListBody, ("If-None-Match", "*"));
        Assert.That(await put.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(await putList.OutcomeAsync(), Is.EqualTo("201"));

        var device = await Api.Shared.MergedAsync(guest, member.Person);
        var (merged, mergedList) = (await device.ReadAsync(path), await device.ReadAsync(listPath));
        using var again = await device.SendJsonAsync("PUT", path, Body, ("If-None-Match", "*"));
        using var replaced = await device.SendJsonAsync("PUT", path, Body);
        using var againList = await device.SendJsonAsync("PUT", listPath, ListBody, ("If-None-Match", "*"));

        Assert.That(merged.Text("position"), Is.EqualTo((await put.JsonAsync()).Text("position")));
        Assert.That((int)again.StatusCode, Is.EqualTo(200));
        Assert.That((int)againList.StatusCode, Is.EqualTo(200));
        Assert.That((int)replaced.StatusCode, Is.EqualTo(200));
        Assert.That((await device.ReadAsync(path)).ToString(), Is.EqualTo(merged.ToString()));
        Assert.That((await device.ReadAsync(listPath)).ToString(), Is.EqualTo(mergedList.ToString()));
    }

    [TestCase("position")]
    [TestCase("-position")]
    [TestCase("title")]
    [TestCase("createdAt")]
    [TestCase("updatedAt")]
    [TestCase("-dueAt")]
    [TestCase("priority")]
    public async Task Every_page_of_every_order_has_the_merged_tasks(string sort)
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        for (var i = 0; i < 4; i++)
        {
            await member.CreatedAsync($$$"""{"title":"M{{{i}}}","due":{"date":"2040-01-0{{{i + 1}}}"}}""");
            await guest.CreatedAsync($$$"""{"title":"G{{{i}}}","due":{"date":"2040-01-0{{{i + 1}}}"}}""");
        }

        var device = await Api.Shared.MergedAsync(guest, member.Person);

        var whole = await device.TitlesAsync($"?sort={sort}");
        List<string> titles = [];
        string? cursor = null;
        do
        {
            var page = await device.ReadAsync(
                $"{TaskCalls.Tasks}?sort={sort}&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            titles.AddRange(page.Items().Select(task => task.Text("title")));
            cursor = page.Text("nextCursor");
        } while (cursor is not null);

        Assert.That(titles, Is.EquivalentTo(["G0", "G1", "G2", "G3", "M0", "M1", "M2", "M3"]));
        Assert.That(string.Join(' ', titles), Is.EqualTo(whole));
    }

    [Test]
    public async Task The_audit_events_of_the_account_have_the_merge()
    {
        var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
        var (admin, guestId) = (await Api.Shared.SignedInAsAsync(Roles.Admin), await guest.IdAsync());

        var device = await Api.Shared.MergedAsync(guest, member.Person);

        var own = (await device.ReadAsync(ApiClient.Events)).Items().ToList();
        var merge = own.Single(each => each.Text("type") == "guestMerged");
        Assert.That(merge.GetProperty("sessionId").GetGuid(), Is.EqualTo(device.SessionId));
        Assert.That(own.Count(each => each.Text("type") == "signedIn"), Is.EqualTo(2));
        var ofGuest = (await admin.ReadAsync($"{AdminCalls.AuditEvents}?userId={guestId}")).Items();
        Assert.That(ofGuest.Select(each => each.Text("type")), Does.Contain("accountDeleted"));
    }

    private static string Without(JsonElement element, string member) =>
        string.Join(", ", element.EnumerateObject().Where(each => each.Name != member));
}
