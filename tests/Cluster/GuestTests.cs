using System.Collections.Concurrent;
using System.Globalization;

namespace Fitnessify.Cluster;

/// <summary>
/// Guests sign in to accounts that are in use, on three processes with one database. FITNESSIFY_GUEST_ROUNDS and
/// FITNESSIFY_GUEST_SEED set other numbers by hand.
/// </summary>
public sealed class GuestTests
{
    private const int AtOnce = 3;
    private const int Races = 20;

    private static readonly int Rounds = Setting("FITNESSIFY_GUEST_ROUNDS") ?? 12;

    private readonly ServerProcess[] _three = Instances.Three;

    [Test]
    public async Task An_account_has_all_that_it_and_a_guest_have_written_whenever_the_guest_signs_in()
    {
        var seed = Setting("FITNESSIFY_GUEST_SEED") ?? Random.Shared.Next();
        await TestContext.Out.WriteLineAsync($"FITNESSIFY_GUEST_SEED={seed}");
        ConcurrentBag<GuestRound> rounds = [];
        await Parallel.ForEachAsync(
            Enumerable.Range(seed, Rounds),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (roundSeed, _) =>
            {
                try
                {
                    var round = new GuestRound(_three, roundSeed);
                    await round.RunAsync();
                    rounds.Add(round);
                }
                catch (Exception exception)
                {
                    throw new InvalidOperationException(
                        $"FITNESSIFY_GUEST_SEED={roundSeed} FITNESSIFY_GUEST_ROUNDS=1: {exception.Message}",
                        exception
                    );
                }
            }
        );
        var refused = rounds.SelectMany(round => round.Refused).CountBy(outcome => outcome);
        await TestContext.Out.WriteLineAsync(
            $"{Rounds} rounds; {rounds.Count(round => round.IsMergeLost)} merges had no answer; refused to guests: {string.Join(", ", refused)}"
        );
    }

    [Test]
    public async Task Of_two_accounts_that_claim_one_guest_exactly_one_gets_everything()
    {
        var won = new int[2];
        for (var race = 0; race < Races; race++)
        {
            var guest = await Guest.StartAsync(_three[race % 3]);
            var claimants = await Task.WhenAll(
                Enumerable
                    .Range(1, 2)
                    .Select(async i =>
                    {
                        var device = _three[(race + i) % 3].Anonymous();
                        return (Device: device, Person: await device.RegisteredAsync());
                    })
            );

            var merged = await Task.WhenAll(claimants.Select(of => guest.SignInAsync(of.Device, of.Person)));

            Assert.That(merged, Has.One.True);
            foreach (var ((device, _), hasAll) in claimants.Zip(merged))
            {
                Assert.That(await Guest.IdsAsync(device), hasAll ? Is.EquivalentTo(guest.Ids) : Is.Empty);
            }

            won[merged[0] ? 0 : 1]++;
        }

        await TestContext.Out.WriteLineAsync($"Won by the first and second: {won[0]} and {won[1]}.");
    }

    [Test]
    public async Task A_guest_who_registers_during_a_sign_in_either_stays_with_everything_or_is_merged()
    {
        var registrations = 0;
        for (var race = 0; race < Races; race++)
        {
            var guest = await Guest.StartAsync(_three[race % 3]);
            var account = _three[(race + 1) % 3].Anonymous();
            var person = await account.RegisteredAsync();
            var chosen = Person.Random();

            // The registration hashes a password, as the sign-in does.
            var registering = guest.Device.PutAsync("/api/v1/users/me/registration", chosen);
            var merged = await guest.SignInAsync(account, person);
            using var response = await registering;

            var outcome = await response.OutcomeAsync();
            using var signedIn = await _three[0].Anonymous().LoginAsync(chosen.Username);
            if (merged)
            {
                Assert.That(outcome, Is.EqualTo("401 session_revoked"));
                Assert.That(await Guest.IdsAsync(account), Is.EquivalentTo(guest.Ids));
                Assert.That(await signedIn.OutcomeAsync(), Is.EqualTo("401 invalid_credentials"));
            }
            else
            {
                registrations++;
                Assert.That(outcome, Is.EqualTo("200"));
                Assert.That(await Guest.IdsAsync(account), Is.Empty);
                Assert.That(await Guest.IdsAsync(guest.Device), Is.EquivalentTo(guest.Ids));
                Assert.That(await signedIn.OutcomeAsync(), Is.EqualTo("200"));
            }
        }

        await TestContext.Out.WriteLineAsync($"{registrations} registrations, {Races - registrations} merges.");
    }

    [Test]
    public async Task After_a_merge_no_instance_tells_the_guest_that_its_tasks_are_not_there()
    {
        // The first ones are slow, so that an instance would have asked the database again by then.
        for (var round = 0; round < 5; round++)
        {
            var guest = await Guest.StartAsync(_three[0]);
            var task = await guest.Device.CreatedAsync();
            var account = _three[0].Anonymous();
            var person = await account.RegisteredAsync();
            Assert.That(await PatchAsync("Walk"), Has.All.EqualTo("200"));
            Assert.That(await guest.SignInAsync(account, person), Is.True);

            // An app that gets a 404 forgets the change, instead of sending it again as the account.
            Assert.That(await PatchAsync("Swim"), Has.All.EqualTo("401 session_revoked"));

            Task<string[]> PatchAsync(string title) =>
                Task.WhenAll(
                    _three.Select(server =>
                        TaskCalls.OutcomeOfAsync(server.Of(guest.Device).PatchAsync(task.Path(), new { title }))
                    )
                );
        }
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null;
}
