using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class ListSessionsTests : UseCaseTests
{
    [Test]
    public async Task Lists_the_active_sessions_of_the_caller_newest_first_and_marks_the_current_one()
    {
        var me = (await SignUpAsync()).UserId;
        await Server.SignInAsync(me);
        Server.Clock.Advance(TimeSpan.FromDays(28));
        var older = await Server.SignInAsync(me);
        Server.Clock.Advance(TimeSpan.FromDays(1));
        var asking = Server.Caller.Session = await Server.SignInAsync(me);
        Server.Clock.Advance(TimeSpan.FromDays(1));
        var newer = await Server.SignInAsync(me);
        var ended = await Server.SignInAsync(me);
        await SendAsync(new RevokeSessionCommand(ended.Id));
        await Server.SignInAsync((await SignUpAsync()).UserId);

        var listed = (await SendAsync(new ListSessionsQuery())).Value!;

        Assert.That(
            listed.Items.Select(item => (item.Id, item.Current)),
            Is.EqualTo([(newer.Id, false), (asking.Id, true), (older.Id, false)])
        );
        Assert.That(listed.NextCursor, Is.Null);
    }
}
