namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>A merge at the same time as something else: nothing that was acknowledged is lost.</summary>
public sealed class MergeGuestRacesTests
{
    [Test]
    public async Task Of_two_accounts_that_merge_one_guest_at_once_one_has_it()
    {
        for (var i = 0; i < 10; i++)
        {
            ApiClient[] members = [await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync()];
            var guest = await Api.Shared.GuestAsync();
            await guest.CreatedAsync("""{"title":"Swim"}""");

            var responses = await Task.WhenAll(
                members.Select(member =>
                    Task.Run(() => Api.Shared.Anonymous().LoginWithGuestAsync(member.Person, guest.RefreshToken))
                )
            );

            var merged = await Task.WhenAll(responses.Select(response => response.IsGuestMergedAsync()));
            var titles = await Task.WhenAll(members.Select(member => member.TitlesAsync()));
            Assert.That(merged, Is.EquivalentTo([true, false]));
            Assert.That(titles, Is.EqualTo(merged.Select(isMerged => isMerged ? "Swim" : "")));
            Array.ForEach(responses, response => response.Dispose());
        }
    }

    [Test]
    public async Task One_sign_in_that_is_sent_twice_at_once_merges_once()
    {
        for (var i = 0; i < 10; i++)
        {
            var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
            await guest.CreatedAsync("""{"title":"Swim"}""");

            var responses = await Task.WhenAll(
                Enumerable
                    .Range(0, 2)
                    .Select(_ =>
                        Task.Run(() => Api.Shared.Anonymous().LoginWithGuestAsync(member.Person, guest.RefreshToken))
                    )
            );

            var merged = await Task.WhenAll(responses.Select(response => response.IsGuestMergedAsync()));
            Assert.That(merged, Is.EquivalentTo([true, false]));
            Assert.That(await member.TitlesAsync(), Is.EqualTo("Swim"));
            Array.ForEach(responses, response => response.Dispose());
        }
    }

    [Test]
    public async Task A_refresh_of_the_guest_at_the_same_time_does_not_prevent_the_merge()
    {
        for (var i = 0; i < 10; i++)
        {
            var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
            await guest.CreatedAsync("""{"title":"Swim"}""");

            var refreshing = Task.Run(() => guest.RefreshAsync());
            var device = await Api.Shared.MergedAsync(guest, member.Person);
            using var refreshed = await refreshing;

            Assert.That(await refreshed.OutcomeAsync(), Is.EqualTo("200").Or.EqualTo("401 refresh_token_invalid"));
            Assert.That(await device.TitlesAsync(), Is.EqualTo("Swim"));
            if (refreshed.IsSuccessStatusCode)
            {
                await guest.KeepAsync(refreshed);
            }

            Assert.That(await guest.OutcomeOfAsync(ApiClient.Me), Is.EqualTo("401 session_revoked"));
        }
    }

    [Test]
    public async Task A_write_of_the_guest_at_the_same_time_is_merged_or_refused()
    {
        for (var i = 0; i < 10; i++)
        {
            var (member, guest) = (await Api.Shared.SignedInAsync(), await Api.Shared.GuestAsync());
            var patched = await guest.CreatedAsync("""{"title":"0"}""");
            using var stop = new CancellationTokenSource();
            List<string> created = [];
            var last = "0";
            var creating = Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    using var response = await guest.PostRawAsync(TaskCalls.Tasks, """{"title":"Swim"}""");
                    var outcome = await response.OutcomeAsync();
                    if (outcome != "201")
                    {
                        return outcome;
                    }

                    created.Add((await response.JsonAsync()).Text("id"));
                }

                return "stopped";
            });
            var patching = Task.Run(async () =>
            {
                for (var n = 1; !stop.IsCancellationRequested; n++)
                {
                    using var response = await guest.SendJsonAsync("PATCH", patched.Path(), $$"""{"title":"{{n}}"}""");
                    var outcome = await response.OutcomeAsync();
                    if (outcome != "200")
                    {
                        return outcome;
                    }

                    last = $"{n}";
                }

                return "stopped";
            });
            await Task.Delay(20);
            var device = await Api.Shared.MergedAsync(guest, member.Person);

            Assert.That(await creating, Is.EqualTo("401 session_revoked"));
            Assert.That(await patching, Is.EqualTo("401 session_revoked"));
            await stop.CancelAsync();
            var (items, _) = await device.ChangesAsync();
            Assert.That(
                items.Select(item => item.Text("id")),
                Is.EquivalentTo([.. created, patched.Text("id")]),
                "What was acknowledged is there, and nothing else."
            );
            Assert.That((await device.ReadAsync(patched.Path())).Text("title"), Is.EqualTo(last));
        }
    }
}
