using System.Runtime.Versioning;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>Other users of the machine cannot read the data of the server.</summary>
[Platform(Exclude = "Win", Reason = "Rights are others there.")]
[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IAsyncDisposable
{
    private const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolder = OfFile | UnixFileMode.UserExecute;

    private readonly TestDatabase _database = TestDatabase.EmptySqlite();

    private string Data => Path.Combine(_database.Folder, "data");

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Test]
    public async Task Files_are_created_only_for_their_owner_and_cause_no_warning()
    {
        await using var server = Start();
        await server.Services.MigrateDatabaseAsync();
        await server
            .Get<IMailTransport>()
            .SendAsync(new MailMessage(Guid.NewGuid(), "ann@example.org", "Subject", "text", "<p>html</p>"), default);
        await using var scope = server.Services.CreateAsyncScope();
        // SQLite keeps the log of the database there.
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.OpenConnectionAsync();

        var modes = Directory
            .EnumerateFileSystemEntries(Data, "*", SearchOption.AllDirectories)
            .Append(Data)
            .ToDictionary(path => path, File.GetUnixFileMode);
        Assert.That(modes.Keys.Select(Path.GetFileName), Has.Some.EndsWith(".db").And.Some.EndsWith("-wal"));
        Assert.That(modes.Keys.Select(Path.GetFileName), Has.Some.EndsWith(".eml"));
        Assert.That(modes.Where(mode => mode.Value != (Directory.Exists(mode.Key) ? OfFolder : OfFile)), Is.Empty);
        Assert.That(server.Services.FindStartWarnings(), Is.Empty);
    }

    [Test]
    public async Task Files_that_others_may_read_cause_a_warning()
    {
        await using var server = Start();
        await server.Services.MigrateDatabaseAsync();
        var file = Directory.GetFiles(Data, "*.db").Single();
        File.SetUnixFileMode(file, OfFile | UnixFileMode.OtherRead);
        File.SetUnixFileMode(Data, OfFolder | UnixFileMode.GroupExecute);

        var warnings = server.Services.FindStartWarnings();

        Assert.That(warnings, Has.Exactly(2).Items);
        Assert.That(warnings, Has.Some.StartsWith($"{file} is open").And.Some.StartsWith($"{Data} is open"));
    }

    private Instance Start() => _database.Start(("Mail:PickupFolder", Path.Combine(Data, "mail")));
}
