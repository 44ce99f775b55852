using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>One of the main queries of a feature.</summary>
/// <param name="Name">The name of the query for readers.</param>
/// <param name="Run">Runs the query, from the position of the target on if it has one.</param>
/// <param name="BeginAsync">Returns the position where a later page starts, or null for the first page.</param>
internal sealed record MainQuery(
    string Name,
    Func<QueryTarget, Task> Run,
    Func<Instance, Task<string?>>? BeginAsync = null
)
{
    public override string ToString() => Name;

    /// <summary>Returns SQLite's query plan: all steps of its commands that mention the table.</summary>
    public async Task<List<string>> ExplainAsync(TestDatabase database, Func<Instance, Task> fill, string table)
    {
        await using var server = database.Start();
        var owner = await server.SignInNewUserAsync();
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

/// <summary>The data that a query needs.</summary>
/// <param name="Context">The database context.</param>
/// <param name="Server">The server, for other services of a repository.</param>
/// <param name="OwnerId">The caller.</param>
/// <param name="Position">The start of the page; null for the first one.</param>
internal sealed record QueryTarget(AppDbContext Context, Instance Server, Guid OwnerId, string? Position)
{
    public TaskRepository Tasks => new(Context, new TaskQueries(), Server.Get<CursorFormat>());

    public SeriesRepository Series => new(Context, new StreakStep(Context));

    public ChangeFeed Changes => new(Context, new ChangeQueries(), Server.Get<SyncTokens>());

    public TaskTrash Trash => new(Context, UnitOfWork);

    public NotificationRepository Notifications => NotificationsIn(UnitOfWork);

    public AlertingTasks Alerting => new(Context);

    public NotificationRepository NotificationsIn(UnitOfWork unitOfWork) =>
        new(Context, unitOfWork, Server.Get<CursorFormat>());

    /// <summary>Saves what a repository has added to a unit of work.</summary>
    public async Task SaveAsync(Func<UnitOfWork, Task> add)
    {
        var unitOfWork = UnitOfWork;
        await add(unitOfWork);
        await unitOfWork.SaveChangesAsync(default);
    }

    /// <summary>Gets a unit of work with the same database, without the save steps of any room.</summary>
    public UnitOfWork UnitOfWork => new(Context, [], new SaveErrors([]));
}
