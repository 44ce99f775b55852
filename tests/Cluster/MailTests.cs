namespace Fitnessify.Cluster;

/// <summary>Three processes look for mails to send.</summary>
public sealed class MailTests
{
    private const int Rounds = 10;

    // This is for a mail that does not come; each process looks every two seconds.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Each_mail_is_sent_once()
    {
        List<string> addresses = [];
        for (var round = 0; round < Rounds; round++)
        {
            var people = await Task.WhenAll(Instances.Three.Select(server => server.Anonymous().RegisteredAsync()));
            addresses.AddRange(people.Select(person => person.Email));
        }

        await UntilSentAsync(addresses);
        // When the later mail has arrived, any duplicate of an earlier one would have arrived too.
        var later = await Instances.Three[0].Anonymous().RegisteredAsync();
        await UntilSentAsync([later.Email]);
        Assert.That(addresses.Select(address => Instances.Mails.Mails[address]), Has.All.EqualTo(1));
    }

    private static async Task UntilSentAsync(List<string> addresses)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var timeout = new CancellationTokenSource(Timeout);
        while (!addresses.TrueForAll(Instances.Mails.Mails.ContainsKey))
        {
            await pace.WaitForNextTickAsync(timeout.Token);
        }
    }
}
