namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>An account never has more than it may, and a guest that does not fit stays as it is.</summary>
public sealed class MergeGuestLimitsTests
{
    [Test]
    public async Task The_count_of_the_quota_is_right_after_the_merge()
    {
        await using var api = Api.Start(new() { ["Tasks:MaxPerUser"] = "5" });
        var (member, guest) = (await api.SignedInAsync(), await api.GuestAsync());
        await member.CreatedAsync();
        await guest.CreatedAsync();
        await guest.TrashedAsync(await guest.CreatedAsync());

        var device = await api.MergedAsync(guest, member.Person);

        List<string> outcomes = [];
        for (var i = 0; i < 3; i++)
        {
            outcomes.Add(await TaskCalls.OutcomeOfAsync(device.PostRawAsync(TaskCalls.Tasks, """{"title":"Run"}""")));
        }

        Assert.That(outcomes, Is.EqualTo(["201", "201", "409 limit_reached"]));
    }

    [Test]
    public async Task The_account_may_become_exactly_full()
    {
        await using var api = Api.Start(new() { ["Tasks:MaxPerUser"] = "3" });
        var (member, guest) = (await api.SignedInAsync(), await api.GuestAsync());
        await member.CreatedAsync();
        await guest.CreatedAsync();
        await guest.CreatedAsync();

        var device = await api.MergedAsync(guest, member.Person);

        Assert.That((await device.ReadAsync(TaskCalls.Tasks)).Items().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Over_the_quota_of_tasks_nothing_has_changed()
    {
        await using var api = Api.Start(new() { ["Tasks:MaxPerUser"] = "3" });
        var (member, guest) = (await api.SignedInAsync(), await api.GuestAsync());
        await member.CreatedAsync("""{"title":"A"}""");
        await member.CreatedAsync("""{"title":"B"}""");
        var task = await guest.CreatedAsync("""{"title":"C"}""");
        // The trash counts.
        await guest.TrashedAsync(await guest.CreatedAsync("""{"title":"D"}"""));

        await RefusesAsync(api, member, guest);

        Assert.That((await guest.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
        Assert.That(await member.TitlesAsync("?sort=createdAt"), Is.EqualTo("A B"));
        using var without = await api.Anonymous().LoginAsync(member.Person.Username);
        Assert.That(await without.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await guest.TitlesAsync(), Is.EqualTo("C"));
    }

    [Test]
    public async Task Over_the_limit_of_lists_nothing_has_changed()
    {
        await using var api = Api.Start();
        var (member, guest) = (await api.SignedInAsync(), await api.GuestAsync());
        for (var i = 0; i < 200; i++)
        {
            await member.CreatedListAsync();
        }

        var list = await guest.CreatedListAsync();
        await guest.CreatedAsync();

        await RefusesAsync(api, member, guest);
        await guest.DeletedListAsync(list);

        var device = await api.MergedAsync(guest, member.Person);
        Assert.That(await device.TitlesAsync(), Is.EqualTo("Run"), "A deleted list does not count.");
    }

    private static async Task RefusesAsync(Api api, ApiClient member, ApiClient guest)
    {
        var sessions = await member.SessionCountAsync();
        var device = api.Anonymous();

        using var refused = await device.LoginWithGuestAsync(member.Person, guest.RefreshToken);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 limit_reached"));
        Assert.That(await member.SessionCountAsync(), Is.EqualTo(sessions));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Text("kind"), Is.EqualTo("guest"));
    }
}
