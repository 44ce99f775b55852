using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Tests.Support;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class SessionRepositoryTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Gives_back_what_was_stored_with_its_times_in_UTC_to_the_millisecond()
    {
        var stored = await _server.SignInAsync((await _server.SignUpAsync()).Id);

        var found = await FindAsync(stored.Id);

        Assert.That(found, Is.EqualTo(stored).UsingPropertiesComparer());
        Assert.That(found!.CreatedAt, Is.EqualTo(_server.Clock.GetUtcNow()).And.Property("Millisecond").EqualTo(123));
        Assert.That(found.CreatedAt.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task Does_not_find_an_unknown_session() =>
        Assert.That(await FindAsync(Guid.CreateVersion7()), Is.Null);

    private Task<Session?> FindAsync(Guid id) =>
        _server.UseAsync((ISessionRepository sessions) => sessions.FindAsync(id, default));
}
