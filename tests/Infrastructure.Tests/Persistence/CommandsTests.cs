using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>Tests that act between two commands recognize them on both databases, and fail if none of them comes.</summary>
public sealed class CommandsTests
{
    [TestCase("INSERT INTO \"Tasks\" (\"Id\")", "insert")]
    [TestCase("SET NOCOUNT ON;\nINSERT INTO [Tasks] ([Id])", "insert")]
    [TestCase("UPDATE \"Tasks\" SET \"Title\" = @p0", "update")]
    [TestCase("SET NOCOUNT ON;\nUPDATE [Tasks] SET [Title] = @p0", "update")]
    [TestCase("UPDATE \"Tasks\" AS \"t\" SET \"Title\" = @p", "update")]
    [TestCase("UPDATE [t] SET [t].[Title] = @p FROM [Tasks] AS [t]", "update")]
    [TestCase("UPDATE \"Lists\" SET \"Tasks\" = @p0", "")]
    [TestCase("SELECT [t].[Id] FROM [Tasks] AS [t]", "")]
    public void Knows_the_writes_of_a_table_in_the_SQL_of_either_database(string sql, string expected)
    {
        using var command = new SqliteCommand(sql);

        Assert.That(Commands.Inserts(command, "Tasks"), Is.EqualTo(expected == "insert"));
        Assert.That(Commands.Updates(command, "Tasks"), Is.EqualTo(expected == "update"));
        Assert.That(Commands.Names(command, "Tasks"), Is.True);
    }

    [Test]
    public async Task A_server_whose_test_waits_for_a_command_that_never_came_does_not_stop_quietly()
    {
        var server = TestRun.Database.Start();
        server.Commands.OnceBefore(command => Commands.Inserts(command, "Nothing"), () => Task.CompletedTask);
        server.Commands.OnceAfter(command => Commands.Names(command, "Users"), () => Task.CompletedTask);
        await server.SignUpAsync();

        var failure = Assert.ThrowsAsync<InvalidOperationException>(async () => await server.DisposeAsync());

        Assert.That(failure!.Message, Does.Contain("Nothing").And.Not.Contain("Users"));
    }
}
