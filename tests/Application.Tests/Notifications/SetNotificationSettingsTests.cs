using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Moq;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class SetNotificationSettingsTests
{
    private readonly StoredNotifications _stored = new();
    private readonly Mock<IPushDeliveries> _pushes = new();

    [Test]
    public async Task Replaces_all_settings_and_returns_them()
    {
        var result = await SetAsync(new(true, false, "22:00", "07:30"));

        Assert.That(result.Value, Is.EqualTo(new NotificationSettingsDto(true, false, "22:00", "07:30")));
        Assert.That(_stored.Settings, Is.EqualTo(new NotificationSettings(true, false, new(22, 0), new(7, 30))));
    }

    [Test]
    public async Task Resets_omitted_settings_to_their_defaults()
    {
        await SetAsync(new(true, false, "22:00", "07:30"));

        var result = await SetAsync(new(false, true));

        Assert.That(result.Value, Is.EqualTo(new NotificationSettingsDto(false, true, null, null)));
        Assert.That(_stored.Settings, Is.EqualTo(NotificationSettings.Default));
    }

    [Test]
    public async Task What_waits_for_the_end_of_the_old_quiet_hours_is_decided_anew()
    {
        await SetAsync(new(false, true));

        _pushes.Verify(pushes => pushes.Hasten(_stored.Id, Given.Now, PushDelivery.Lease), Times.Once);
    }

    [TestCase(true, true, "")]
    [TestCase(false, false, "")]
    [TestCase(null, true, "email: required")]
    [TestCase(true, null, "push: required")]
    public void Requires_the_switches(bool? email, bool? push, string error) =>
        Assert.That(Errors(new(email, push)), Is.EqualTo(error));

    [TestCase("00:00", "23:59", "")]
    [TestCase("23:59", "00:00", "")]
    [TestCase(null, null, "")]
    [TestCase("22:00", null, "quietTo: required")]
    [TestCase(null, "22:00", "quietFrom: required")]
    [TestCase("22:00", "22:00", "quietTo: not_allowed")]
    [TestCase("24:00", "07:00", "quietFrom: invalid_format")]
    [TestCase("22:00", "07:60", "quietTo: invalid_format")]
    [TestCase("22:00", "7:00", "quietTo: invalid_format")]
    [TestCase("22:00", "07:0", "quietTo: invalid_format")]
    [TestCase("22:00", "07:00:00", "quietTo: invalid_format")]
    [TestCase("22:00", " 07:00", "quietTo: invalid_format")]
    [TestCase("22:00", "07:00 ", "quietTo: invalid_format")]
    [TestCase("22:00", "0700", "quietTo: invalid_format")]
    [TestCase("22:00", "07.00", "quietTo: invalid_format")]
    [TestCase("22:00", "-7:00", "quietTo: invalid_format")]
    [TestCase("22:00", "٠٧:٠٠", "quietTo: invalid_format")]
    [TestCase("22:00", "7 am", "quietTo: invalid_format")]
    [TestCase("22:00", "", "quietTo: invalid_format")]
    [TestCase("", null, "quietFrom: invalid_format, quietTo: required")]
    public void Checks_the_quiet_hours(string? from, string? to, string error) =>
        Assert.That(Errors(new(true, true, from, to)), Is.EqualTo(error));

    private static string Errors(SetNotificationSettingsCommand command) =>
        new SetNotificationSettingsValidator().ErrorTextOf(command);

    private Task<Result<NotificationSettingsDto>> SetAsync(SetNotificationSettingsCommand command) =>
        new SetNotificationSettingsHandler(
            _stored,
            _stored,
            Mock.Of<IMailOutbox>(),
            _pushes.Object,
            _stored,
            Given.Mapper,
            _stored.Clock
        ).Handle(command, CancellationToken.None);
}
