using Fitnessify.Application.Auth;
using Fitnessify.Application.Guests;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Guests;

/// <summary>The cost of a start, of a merge and of a purge does not depend on the tasks and accounts of others.</summary>
public sealed class GuestQueryPlanTests : IAsyncDisposable
{
    private const string Password = "correct horse battery";

    private readonly TestDatabase _database = TestDatabase.EmptySqlite();
    private Instance _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = _database.Start(("Accounts:Guests", "true"));
        await _server.Services.MigrateDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task No_statement_of_a_start_reads_a_whole_table()
    {
        var command = new StartGuestCommand(Guid.NewGuid());

        Assert.That(await ScansAsync(() => _server.SendAsync(command)), Is.Empty);
        Assert.That(await ScansAsync(() => _server.SendAsync(command)), Is.Empty);
    }

    [Test]
    public async Task No_statement_of_a_merge_reads_a_whole_table()
    {
        var member = await _server.SignUpAsync(Password);
        var started = (await _server.SendAsync(new StartGuestCommand(Guid.NewGuid()))).Value!;
        await _server.UseAsync(
            async (AppDbContext context) =>
                _server.Caller.Session = await context
                    .Set<Domain.Sessions.Session>()
                    .SingleAsync(row => row.Id == started.SessionId)
        );
        await _server.CreateAsync();
        var login = new LoginUserCommand(member.Username, Password, GuestToken: started.RefreshToken);
        var merged = false;

        var scans = await ScansAsync(async () => merged = (await _server.SendAsync(login)).Value!.GuestMerged);

        Assert.That(merged, Is.True);
        Assert.That(scans, Is.Empty);
    }

    [Test]
    public async Task A_purge_reads_the_guests_and_no_other_accounts()
    {
        await _server.SendAsync(new StartGuestCommand(Guid.NewGuid()));
        _server.Clock.Advance(TimeSpan.FromDays(31));

        Assert.That(
            await ScansAsync(() => _server.SendAsync(new PurgeGuestsCommand())),
            Is.EqualTo(["SCAN u USING INDEX IX_Users_Guests"])
        );
    }

    /// <summary>Returns the steps of SQLite's query plans that read a table or an index from its beginning.</summary>
    private async Task<List<string>> ScansAsync(Func<Task> act)
    {
        List<string> scans = [];
        var explained = 0;
        _server.Commands.Before = async command =>
        {
            if (command.CommandText.StartsWith("INSERT", StringComparison.Ordinal))
            {
                return;
            }

            var steps = await Commands.ExplainAsync(command);
            explained += steps.Count;
            // A constant row is the answer of EXISTS.
            scans.AddRange(
                steps.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW")
            );
        };
        await act();
        _server.Commands.Before = null;
        Assert.That(explained, Is.Positive);
        return scans;
    }
}
