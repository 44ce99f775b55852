using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace Fitnessify.Cluster;

/// <summary>Servers are killed at each step of a sign-in that brings a guest along.</summary>
public sealed class GuestKillTests : IDisposable
{
    // Each has a database of its own.
    private const int Lanes = 2;

    private readonly Instances[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new Instances())];

    public void Dispose() => Array.ForEach(_lanes, lane => lane.Dispose());

    [Test]
    public async Task A_sign_in_that_is_killed_at_any_step_has_merged_the_guest_or_changed_nothing()
    {
        ConcurrentDictionary<int, bool> kills = [];
        await Task.WhenAll(_lanes.Select((lane, number) => KillAsync(lane, number + 1, kills)));

        var isMerged = kills.OrderBy(kill => kill.Key).Select(kill => kill.Value).ToList();
        await TestContext.Out.WriteLineAsync(
            $"{isMerged.Count} kills; after the last {isMerged.Count(after => after)}, the guest was merged."
        );
        // From the commit on, the guest is merged; before, nothing has changed.
        Assert.That(isMerged, Is.Ordered);
        Assert.That(isMerged, Does.Contain(true).And.Contain(false));
    }

    /// <summary>Kills at every so many steps, until the sign-in has fewer.</summary>
    private static async Task KillAsync(Instances lane, int first, ConcurrentDictionary<int, bool> kills)
    {
        var server = await lane.StartKillableAsync();
        for (var step = first; ; step += Lanes)
        {
            var guest = await Guest.StartAsync(server);
            var account = await server.SignedInAsync();
            await account.CreatedListAsync();
            await account.CreatedAsync(TaskCalls.Repeating);
            var person = account.Person;
            var own = await SyncedState.ReadAsync(account);
            var guests = await SyncedState.ReadAsync(guest.Device);
            if (await SurvivesAsync(server, guest, person, step))
            {
                return;
            }

            await server.EndAsync();
            server = await lane.StartKillableAsync();
            account = server.Of(account);
            guest.MoveTo(server);
            using var found = await guest.Device.GetAsync(ApiClient.Me);
            var isMerged = await found.OutcomeAsync() == "401 session_revoked";
            kills[step] = isMerged;
            if (!isMerged)
            {
                Assert.That((await SyncedState.ReadAsync(account)).Items, Is.EquivalentTo(own.Items), $"Step {step}");
                Assert.That(
                    (await SyncedState.ReadAsync(guest.Device)).Items,
                    Is.EquivalentTo(guests.Items),
                    $"Step {step}"
                );
                await guest.GoOnAsync();
            }

            Guid[] all = [.. own.Items.Keys, .. guest.Ids];
            Assert.That(
                await Guest.IdsAsync(account),
                isMerged ? Is.EquivalentTo(all) : Is.EquivalentTo(own.Items.Keys)
            );
            var device = server.Anonymous();
            Assert.That(await guest.SignInAsync(device, person), Is.Not.EqualTo(isMerged), $"Step {step}");
            Assert.That(await Guest.IdsAsync(device), Is.EquivalentTo(all), $"Step {step}");
            Assert.That(
                (await SyncedState.ReadAsync(account, own.Token)).Items.Keys,
                Is.EquivalentTo(guest.Ids),
                $"Step {step}"
            );
            Assert.That(await lane.FindFaultsAsync(), Is.Empty, $"Step {step}");
        }
    }

    /// <summary>Signs in with the guest at a server that kills itself at this step.</summary>
    /// <returns>Whether the sign-in has fewer steps.</returns>
    private static async Task<bool> SurvivesAsync(ServerProcess server, Guest guest, Person person, int step)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiClient.Login)
        {
            Content = JsonContent.Create(guest.SignInOf(person)),
        };
        request.Headers.Add(StartupHook.Header, $"{step}");
        try
        {
            using var response = await server.Anonymous().SendAsync(request);
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
