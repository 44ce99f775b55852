using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class ListSessionsTests
{
    private readonly Ports _ports = new();
    private readonly StoredSessions _sessions;

    public ListSessionsTests() => _sessions = new StoredSessions(_ports);

    [Test]
    public async Task Lists_the_own_live_sessions_newest_first_and_marks_the_one_that_asks()
    {
        var asking = _sessions.Store(Given.Session(_ports.Id, startedAt: Given.Now.AddDays(-2)));
        var older = _sessions.Store(Given.Session(_ports.Id, startedAt: Given.Now.AddDays(-3)));
        var newer = _sessions.Store(Given.Session(_ports.Id, startedAt: Given.Now.AddDays(-1)));
        _sessions.Store(Given.Session(_ports.Id, startedAt: Given.Now.AddDays(-30)));
        _sessions.Store(Given.Session(Guid.NewGuid()));
        _ports.SessionId = asking.Id;

        var result = await new ListSessionsHandler(_ports, _sessions, Given.Mapper, Given.Clock()).Handle(
            new ListSessionsQuery(),
            CancellationToken.None
        );

        Assert.That(
            result.Value!.Items.Select(item => (item.Id, item.Current)),
            Is.EqualTo([(newer.Id, false), (asking.Id, true), (older.Id, false)])
        );
        Assert.That(result.Value.NextCursor, Is.Null);
    }
}
