namespace Fitnessify.WebApi.Tests.Guests;

/// <summary>A merge at the same time as something else: nothing that was acknowledged is lost.</summary>
public sealed class MergeGuestRacesTests
{
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
