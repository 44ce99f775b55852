using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class GetNotificationSettingsTests
{
    private readonly StoredNotifications _stored = new();

    [Test]
    public async Task Returns_the_defaults_until_something_is_set() =>
        Assert.That((await GetAsync()).Value, Is.EqualTo(new NotificationSettingsDto(false, true, null, null)));

    [Test]
    public async Task Returns_the_settings_of_the_caller_with_times_in_hours_and_minutes()
    {
        _stored.Set(_stored.Id, new NotificationSettings(true, false, new(21, 5), new(0, 0)));
        await _stored.SaveChangesAsync(CancellationToken.None);

        var result = await GetAsync();

        Assert.That(result.Value, Is.EqualTo(new NotificationSettingsDto(true, false, "21:05", "00:00")));
    }

    private Task<Result<NotificationSettingsDto>> GetAsync() =>
        new GetNotificationSettingsHandler(_stored, _stored, Given.Mapper).Handle(
            new GetNotificationSettingsQuery(),
            CancellationToken.None
        );
}
