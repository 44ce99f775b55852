namespace Fitnessify.Cluster;

/// <summary>Identities on three processes with one database.</summary>
public sealed class IdentityTests
{
    private readonly ServerProcess[] _three = Instances.Three;
    private readonly string _subject = IdentityCalls.NewSubject();

    [Test]
    public async Task Fifty_first_sign_ins_at_once_create_one_account()
    {
        var devices = Enumerable.Range(0, 50).Select(i => _three[i % 3].Anonymous()).ToList();

        var responses = await Task.WhenAll(
            devices.Select(device =>
                device.LoginIdentityAsync(Instances.Google.Proof(_subject, $"{_subject}@example.test"))
            )
        );

        Assert.That(responses.Count(response => (int)response.StatusCode == 201), Is.EqualTo(1));
        HashSet<Guid> accounts = [];
        foreach (var (device, response) in devices.Zip(responses))
        {
            await device.KeepAsync(response);
            accounts.Add(await device.IdAsync());
            response.Dispose();
        }

        Assert.That(accounts, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_token_works_once_on_all_instances()
    {
        var proof = Instances.Google.Proof(_subject);

        var outcomes = await Task.WhenAll(
            _three.Select(async server =>
            {
                using var response = await server.Anonymous().LoginIdentityAsync(proof);
                return await response.OutcomeAsync();
            })
        );

        Assert.That(
            outcomes,
            Is.EquivalentTo((string[])["201", "401 identity_token_invalid", "401 identity_token_invalid"])
        );
    }
}
