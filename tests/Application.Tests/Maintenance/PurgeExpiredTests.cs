using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Maintenance;
using Moq;

namespace Fitnessify.Application.Tests.Maintenance;

public sealed class PurgeExpiredTests
{
    private readonly Mock<IRetention> _retention = new();

    [Test]
    public async Task Deletes_each_kind_by_its_setting_in_batches_until_one_is_not_full()
    {
        List<(Retained Kind, double Days)> asked = [];
        _retention
            .Setup(port => port.PurgeAsync(It.IsAny<Retained>(), It.IsAny<DateTimeOffset>(), 500, default))
            .ReturnsAsync(
                (Retained kind, DateTimeOffset before, int _, CancellationToken _) =>
                {
                    asked.Add((kind, (Given.Now - before).TotalDays));
                    return kind == Retained.AuditEvents && asked.Count < 3 ? 500 : 499;
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
            asked,
            Is.EqualTo([
                (Retained.AuditEvents, 10d),
                (Retained.AuditEvents, 10d),
                (Retained.AuditEvents, 10d),
                (Retained.RevokedSessions, 3d),
                (Retained.ExpiredSessions, 3d),
                (Retained.Notifications, 5d),
                (Retained.Mails, 4d),
                (Retained.SignInFailures, 0d),
                (Retained.ChallengeTokens, 0d),
            ])
        );
    }

    [Test]
    public void Stops_between_two_batches_when_the_server_stops()
    {
        using var stop = new CancellationTokenSource();
        _retention
            .Setup(port => port.PurgeAsync(It.IsAny<Retained>(), It.IsAny<DateTimeOffset>(), 500, stop.Token))
            .Callback(stop.Cancel)
            .ReturnsAsync(500);
        var handler = new PurgeExpiredHandler(new RetentionOptions(), _retention.Object, Given.Clock());

        Assert.That(
            () => handler.Handle(new PurgeExpiredCommand(), stop.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }
}
