namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>These tests have servers of their own, because a purge covers all guests.</summary>
public sealed class PurgeGuestsTests
{
    private readonly ServerClock _clock = new();

    [Test]
    public async Task A_guest_who_is_not_seen_for_thirty_days_goes_with_everything()
    {
        await using var api = Api.Rent(_clock);
        var (admin, guest) = (await api.SignedInAsAsync(Domain.Accounts.Roles.Admin), await api.GuestAsync());
        var id = await guest.IdAsync();
        await guest.CreatedAsync();
        await RefreshAsync(admin, days: 29);
        await api.PurgeGuestsAsync();
        var kept = await admin.OutcomeOfAsync($"{AdminCalls.Users}/{id}");

        await RefreshAsync(admin, days: 2);
        await api.PurgeGuestsAsync();

        Assert.That(kept, Is.EqualTo("200"));
        Assert.That(await admin.OutcomeOfAsync($"{AdminCalls.Users}/{id}"), Is.EqualTo("404 not_found"));
        var events = (await admin.ReadAsync($"{AdminCalls.AuditEvents}?userId={id}")).Items();
        Assert.That(events.Select(each => each.Text("type")), Does.Contain("accountDeleted"));
    }

    [Test]
    public async Task A_guest_who_comes_back_for_a_year_keeps_everything()
    {
        await using var api = Api.Rent(_clock);
        var guest = await api.GuestAsync();
        await guest.CreatedAsync("""{"title":"Swim"}""");

        for (var day = 0; day < 365; day += 29)
        {
            await RefreshAsync(guest, days: 29);
            await api.PurgeGuestsAsync();
        }

        Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"));
    }

    [Test]
    public async Task Members_stay_whether_or_not_they_were_guests()
    {
        await using var api = Api.Rent(_clock);
        var (member, guest, person) = (await api.SignedInAsync(), await api.GuestAsync(), Person.Random());
        await guest.CreatedAsync("""{"title":"Swim"}""");
        using var registered = await guest.RegisterGuestAsync(person);
        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));

        _clock.Advance(TimeSpan.FromDays(100));
        await api.PurgeGuestsAsync();

        await member.SignInAsync(member.Person);
        await guest.SignInAsync(person);
        Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"));
    }

    private async Task RefreshAsync(ApiClient client, int days)
    {
        _clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        using var refreshed = await client.RefreshAsync();
        await client.KeepAsync(refreshed);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }
}
