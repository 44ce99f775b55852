using Fitnessify.Application.Mail;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Moq;

namespace Fitnessify.Application.Tests.Mail;

public sealed class OverdueMailTimingTests
{
    private readonly Guid _userId = Guid.NewGuid();
    private readonly Mock<INotificationSettingsRepository> _settings = new(MockBehavior.Strict);

    [Test]
    public async Task Who_does_not_want_mails_any_more_gets_none() =>
        Assert.That(await WhenAsync(NotificationSettings.Default), Is.EqualTo(MailTiming.Never));

    [Test]
    public async Task Who_wants_mails_gets_them_now_or_after_the_quiet_hours()
    {
        var at = TimeOnly.FromDateTime(Given.Now.UtcDateTime);
        var loud = NotificationSettings.Default with { Email = true };
        var quiet = loud with { QuietFrom = at.AddHours(-1), QuietTo = at.AddHours(1) };

        Assert.That(await WhenAsync(loud), Is.EqualTo(MailTiming.Later(Given.Now)));
        Assert.That(await WhenAsync(quiet), Is.EqualTo(MailTiming.Later(Given.Now.AddHours(1))));
    }

    private Task<MailTiming> WhenAsync(NotificationSettings settings)
    {
        _settings.Setup(stored => stored.GetAsync(_userId, It.IsAny<CancellationToken>())).ReturnsAsync(settings);
        var mail = TaskOverdueMail.Create(_userId, "Run", Given.Now, null, Given.Now);
        return new OverdueMailTiming(_settings.Object).WhenAsync(mail, Given.Now, CancellationToken.None);
    }
}
