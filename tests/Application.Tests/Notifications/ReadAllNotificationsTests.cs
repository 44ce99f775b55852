using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class ReadAllNotificationsTests
{
    private readonly StoredNotifications _stored = new();

    [Test]
    public async Task Marks_the_own_ones_as_read()
    {
        var (first, second) = (_stored.Store("Leg day"), _stored.Store("Run"));
        var foreign = _stored.Store("Of somebody else", ownerId: Guid.NewGuid());

        var result = await ReadAllAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(new[] { first.ReadAt, second.ReadAt }, Is.All.EqualTo(Given.Now));
        Assert.That(foreign.ReadAt, Is.Null);
    }

    private Task<Result> ReadAllAsync() =>
        new ReadAllNotificationsHandler(_stored, _stored, _stored.Clock).Handle(
            new ReadAllNotificationsCommand(),
            CancellationToken.None
        );
}
