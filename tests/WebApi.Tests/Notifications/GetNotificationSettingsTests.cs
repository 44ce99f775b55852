namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class GetNotificationSettingsTests
{
    [Test]
    public async Task Mails_are_off_by_default()
    {
        var client = await Api.Shared.SignedInAsync();
        Assert.That(
            (await client.ReadAsync(NotificationCalls.Settings)).ToString(),
            Is.EqualTo("""{"email":false,"push":true,"quietFrom":null,"quietTo":null}""")
        );
    }

    [Test]
    public async Task Returns_only_the_settings_of_the_caller()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var before = (await stranger.ReadAsync(NotificationCalls.Settings)).ToString();
        using var response = await client.PutAsync(NotificationCalls.Settings, new { email = true, push = false });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await stranger.ReadAsync(NotificationCalls.Settings)).ToString(), Is.EqualTo(before));
    }
}
