using System.Net.Http.Json;

namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>Strangers lock nobody out (requirement 39).</summary>
public sealed class KnownDeviceTests
{
    private const string Wrong = "Wrong-Kettle-93-Umbrella";
    private const string Home = "198.51.100.7";
    private const string Elsewhere = "198.51.100.8";

    private readonly ServerClock _clock = new();

    [Test]
    public async Task Ten_wrong_passwords_from_elsewhere_keep_nobody_out_who_is_somewhere_else()
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
    public async Task A_hundred_from_many_networks_keep_out_strangers_only()
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
        Assert.That(await LoginAsync(api, person, Home), Is.EqualTo("200"), "It was used there before.");
        Assert.That(
            await LoginAsync(api, person, Elsewhere, deviceToken: device.RefreshToken),
            Is.EqualTo("200"),
            "The device is known."
        );
        using var logout = await device.PostAsync(ApiClient.Logout);
        Assert.That(
            await LoginAsync(api, person, Elsewhere, deviceToken: device.RefreshToken),
            Is.EqualTo("200"),
            "Also after its session has ended."
        );
    }

    [Test]
    public async Task The_token_of_another_account_makes_no_device_known()
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
    public async Task Signing_in_with_the_id_of_a_user_takes_nothing_from_what_they_confirm_with_their_password()
    {
        await using var api = Start();
        var client = await api.SignedInAsync();
        var id = await client.IdAsync();
        for (var i = 0; i < 10; i++)
        {
            using var answer = await api.Anonymous().LoginAsync($"{id}", Wrong);
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
        using var answer = await api.Anonymous().SendAsync(request);
        return await answer.OutcomeAsync();
    }
}
