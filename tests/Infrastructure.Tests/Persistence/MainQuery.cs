using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>One of the main queries of a feature.</summary>
/// <param name="Name">For a person.</param>
/// <param name="Run">Reads, from the position of the target on if it has one.</param>
/// <param name="BeginAsync">Gives the position where a later page begins; null for the first page.</param>
internal sealed record MainQuery(
    string Name,
    Func<QueryTarget, Task> Run,
    Func<Instance, Task<string?>>? BeginAsync = null
)
{
    public override string ToString() => Name;

    /// <summary>How SQLite executes it: all steps of its commands that mention the table.</summary>
    public async Task<List<string>> ExplainAsync(TestDatabase database, Func<Instance, Task> fill, string table)
    {
        await using var server = database.Start();
        var owner = await server.EnterAsync();
        await fill(server);
        var position = BeginAsync is { } begin ? await begin(server) : null;
        Assert.That(position is null, Is.EqualTo(BeginAsync is null));
        await using var scope = server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        List<string> plan = [];
        server.Commands.Before = async command =>
        {
            if (command.CommandText.Contains($"\"{table}\"", StringComparison.Ordinal))
            {
                plan.AddRange(await Commands.ExplainAsync(command));
            }
        };
        await Run(new QueryTarget(context, server, owner, position));
        return plan;
    }
}

/// <summary>What a query is asked of.</summary>
/// <param name="Context">The database.</param>
/// <param name="Server">For what else a repository needs.</param>
/// <param name="OwnerId">Who asks.</param>
/// <param name="Position">Where the page begins; null for the first.</param>
internal sealed record QueryTarget(AppDbContext Context, Instance Server, Guid OwnerId, string? Position)
{
    public TaskRepository Tasks =>
        new(Context, new TaskQueries(), Server.Get<CursorFormat>(), Server.Get<SyncTokens>());

    public TaskTrash Trash => new(Context, UnitOfWork);

    public NotificationRepository Notifications => new(Context, Server.Get<CursorFormat>());

    public OverdueTasks Overdue => new(Context, UnitOfWork);

    /// <summary>A unit of work on the same database, without the steps of any room.</summary>
    public UnitOfWork UnitOfWork => new(Context, [], new SaveErrors([]));
}
