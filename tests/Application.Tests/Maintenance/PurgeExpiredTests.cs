using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Maintenance;
using Moq;

namespace Fitnessify.Application.Tests.Maintenance;

public sealed class PurgeExpiredTests
{
    private readonly Mock<IRetention> _retention = new();

    [Test]
    public async Task Deletes_each_kind_by_its_setting_in_batches()
    {
        List<(RetentionPeriods Kind, double Days)> deletions = [];
        _retention
            .Setup(port => port.PurgeAsync(It.IsAny<RetentionPeriods>(), It.IsAny<DateTimeOffset>(), 500, default))
            .ReturnsAsync(
                (RetentionPeriods kind, DateTimeOffset before, int _, CancellationToken _) =>
                {
                    deletions.Add((kind, (Given.Now - before).TotalDays));
                    return kind == RetentionPeriods.AuditEvents && deletions.Count < 3 ? 500 : 499;
                }
            );

        var options = new RetentionOptions
        {
            AuditDays = 10,
            EndedSessionDays = 3,
            NotificationDays = 5,
            MailDays = 4,
        };
        var result = await new PurgeExpiredHandler(options, _retention.Object, Given.Clock()).Handle(
            new PurgeExpiredCommand(),
            default
        );

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(
            deletions,
            Is.EqualTo([
                (RetentionPeriods.AuditEvents, 10d),
                (RetentionPeriods.AuditEvents, 10d),
                (RetentionPeriods.AuditEvents, 10d),
                (RetentionPeriods.RevokedSessions, 3d),
                (RetentionPeriods.ExpiredSessions, 3d),
                (RetentionPeriods.Notifications, 5d),
                (RetentionPeriods.Mails, 4d),
                (RetentionPeriods.SignInFailures, 0d),
                (RetentionPeriods.ChallengeTokens, 0d),
                (RetentionPeriods.IdentityNonces, 0d),
                (RetentionPeriods.PushDeliveries, 7d),
                (RetentionPeriods.DevicesOfRevokedSessions, 0d),
                (RetentionPeriods.DevicesOfExpiredSessions, 0d),
            ])
        );
    }

    [Test]
    public void Stops_between_two_batches_when_the_server_stops()
    {
        using var stop = new CancellationTokenSource();
        _retention
            .Setup(port => port.PurgeAsync(It.IsAny<RetentionPeriods>(), It.IsAny<DateTimeOffset>(), 500, stop.Token))
            .Callback(stop.Cancel)
            .ReturnsAsync(500);
        var handler = new PurgeExpiredHandler(new RetentionOptions(), _retention.Object, Given.Clock());

        Assert.That(
            () => handler.Handle(new PurgeExpiredCommand(), stop.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }
}
