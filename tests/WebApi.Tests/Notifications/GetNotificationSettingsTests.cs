namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class GetNotificationSettingsTests
{
    [Test]
    public async Task Sends_no_mail_until_the_user_says_so()
    {
        var client = await Api.Shared.SignedInAsync();
        Assert.That(
            (await client.ReadAsync(NotificationCalls.Settings)).ToString(),
            Is.EqualTo("""{"email":false,"quietFrom":null,"quietTo":null,"timeZone":"UTC"}""")
        );
    }

    [Test]
    public async Task Shows_nobody_the_settings_of_others()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var before = (await stranger.ReadAsync(NotificationCalls.Settings)).ToString();
        using var answer = await client.PutAsync(
            NotificationCalls.Settings,
            new { email = true, timeZone = "Asia/Tokyo" }
        );
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await stranger.ReadAsync(NotificationCalls.Settings)).ToString(), Is.EqualTo(before));
    }
}
