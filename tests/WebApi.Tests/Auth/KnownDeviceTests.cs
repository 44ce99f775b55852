using System.Net.Http.Json;

namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>Strangers cannot lock a user out (requirement 39).</summary>
public sealed class KnownDeviceTests
{
    private const string Wrong = "Wrong-Kettle-93-Umbrella";
    private const string Home = "198.51.100.7";
    private const string Elsewhere = "198.51.100.8";

    private readonly ServerClock _clock = new();

    [Test]
    public async Task Ten_wrong_passwords_from_one_network_do_not_block_a_user_in_another()
    {
        await using var api = Start();
        var person = await api.Anonymous().RegisteredAsync();
        for (var i = 0; i < 10; i++)
        {
            Assert.That(await LoginAsync(api, person, "192.0.2.1", Wrong), Is.EqualTo("401 invalid_credentials"));
        }

        Assert.That(await LoginAsync(api, person, "192.0.2.1"), Is.EqualTo("429 too_many_attempts"));
        Assert.That(await LoginAsync(api, person, Elsewhere), Is.EqualTo("200"));
    }

    [Test]
    public async Task A_hundred_wrong_passwords_from_many_networks_block_only_unknown_devices()
    {
        await using var api = Start();
        var device = api.Anonymous();
        var person = await device.RegisteredAsync();
        await device.SignInAsync(person);
        Assert.That(await LoginAsync(api, person, Home), Is.EqualTo("200"));
        for (var i = 0; i < 100; i++)
        {
            Assert.That(await LoginAsync(api, person, $"192.0.2.{i}", Wrong), Is.EqualTo("401 invalid_credentials"));
        }

        Assert.That(await LoginAsync(api, person, Elsewhere), Is.EqualTo("429 too_many_attempts"));
        Assert.That(await LoginAsync(api, person, Home), Is.EqualTo("200"), "The network was used before.");
        Assert.That(
            await LoginAsync(api, person, Elsewhere, deviceToken: device.RefreshToken),
            Is.EqualTo("200"),
            "The device is known."
        );
        using var logout = await device.PostAsync(ApiClient.Logout);
        Assert.That(
            await LoginAsync(api, person, Elsewhere, deviceToken: device.RefreshToken),
            Is.EqualTo("200"),
            "The device is still known after its session has ended."
        );
    }

    [Test]
    public async Task The_device_token_of_another_account_makes_no_device_known()
    {
        await using var api = Start();
        var stranger = await api.SignedInAsync();
        var person = await api.Anonymous().RegisteredAsync();
        for (var i = 0; i < 10; i++)
        {
            await LoginAsync(api, person, "192.0.2.1", Wrong, stranger.RefreshToken);
        }

        Assert.That(
            await LoginAsync(api, person, "192.0.2.1", deviceToken: stranger.RefreshToken),
            Is.EqualTo("429 too_many_attempts")
        );
        Assert.That(
            await LoginAsync(api, person, "192.0.2.1", deviceToken: "none"),
            Is.EqualTo("429 too_many_attempts")
        );
    }

    [Test]
    public async Task A_network_is_known_for_thirty_days()
    {
        await using var api = Start();
        var person = await api.Anonymous().RegisteredAsync();
        await LoginAsync(api, person, Home);
        _clock.Advance(TimeSpan.FromDays(30));
        for (var i = 0; i < 100; i++)
        {
            await LoginAsync(api, person, $"192.0.2.{i}", Wrong);
        }

        Assert.That(await LoginAsync(api, person, Home), Is.EqualTo("429 too_many_attempts"));
    }

    [Test]
    public async Task A_sign_in_with_the_id_of_a_user_does_not_use_up_their_reauthentication_attempts()
    {
        await using var api = Start();
        var client = await api.SignedInAsync();
        var id = await client.IdAsync();
        for (var i = 0; i < 10; i++)
        {
            using var response = await api.Anonymous().LoginAsync($"{id}", Wrong);
        }

        using var export = await client.PostAsync("/api/v1/users/me/export", new { password = client.Person.Password });
        Assert.That(await export.OutcomeAsync(), Is.EqualTo("200"));
    }

    private Api Start() => Api.Start(new() { ["Transport:KnownProxies:0"] = "127.0.0.1" }, clock: _clock);

    private static async Task<string> LoginAsync(
        Api api,
        Person person,
        string address,
        string? password = null,
        string? deviceToken = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ApiClient.Login)
        {
            Content = JsonContent.Create(
                new
                {
                    login = person.Username,
                    password = password ?? person.Password,
                    deviceToken,
                }
            ),
        };
        request.Headers.Add("X-Forwarded-For", address);
        using var response = await api.Anonymous().SendAsync(request);
        return await response.OutcomeAsync();
    }
}
