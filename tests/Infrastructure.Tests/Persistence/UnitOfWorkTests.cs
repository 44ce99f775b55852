using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class UnitOfWorkTests : IAsyncDisposable
{
    // Without the timeout, a gate that is never released would block the test forever.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly Instance _server = TestRun.Database.Start();
    private readonly Guid _subject = Guid.CreateVersion7();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Statements_run_after_the_entities_in_order_and_in_one_transaction()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        List<int> seen = [];
        AddEvent(context);
        AddEvent(context);
        unitOfWork.Add(async token =>
        {
            Assert.That(context.Database.CurrentTransaction, Is.Not.Null);
            seen.Add(await Events(context).CountAsync(token));
            await Events(context).ExecuteDeleteAsync(token);
        });
        unitOfWork.Add(async token => seen.Add(await Events(context).CountAsync(token)));

        var saved = await unitOfWork.SaveChangesAsync(default);

        Assert.That(saved.Error, Is.Null);
        Assert.That(seen, Is.EqualTo([2, 0]));
        Assert.That(await CountAsync(), Is.Zero);
    }

    [TestCase("a statement fails")]
    [TestCase("the username is taken")]
    [TestCase("the caller goes away")]
    public async Task Everything_is_rolled_back_and_the_next_write_succeeds_when(string failure)
    {
        var taken = await _server.SignUpAsync();
        await using var scope = _server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        using var caller = new CancellationTokenSource();
        var statements = 0;
        AddEvent(context);
        unitOfWork.Add(async token =>
        {
            statements++;
            Assert.That(await Events(context).CountAsync(token), Is.EqualTo(1));
        });
        switch (failure)
        {
            case "a statement fails":
                unitOfWork.Add(_ => throw new InvalidOperationException(failure));
                break;
            case "the username is taken":
                scope
                    .ServiceProvider.GetRequiredService<IAccountRepository>()
                    .Add(Account.Register(taken.Username, $"{Instance.NewName()}@example.org", "hash", Now));
                break;
            default:
                unitOfWork.Add(_ => caller.CancelAsync());
                break;
        }

        var save = () => unitOfWork.SaveChangesAsync(caller.Token);
        if (failure == "the username is taken")
        {
            Assert.That((await save()).Error, Is.EqualTo(AccountErrors.UsernameTaken));
        }
        else
        {
            Assert.That(
                save,
                failure == "a statement fails"
                    ? Throws.InvalidOperationException
                    : Throws.InstanceOf<OperationCanceledException>()
            );
        }

        Assert.That(await CountAsync(), Is.Zero);
        context.ChangeTracker.Clear();
        var executed = statements;
        AddEvent(context);
        await unitOfWork.SaveChangesAsync(default).WaitAsync(Timeout);
        Assert.That(statements, Is.EqualTo(executed), "belongs to the save before");
        Assert.That(await CountAsync(), Is.EqualTo(1));
        await _server.SignUpAsync().WaitAsync(Timeout);
    }

    [Test]
    public async Task Where_one_writer_at_a_time_uses_the_database_a_change_reads_what_the_writer_before_has_written()
    {
        if (TestDatabase.Provider != DatabaseProvider.Sqlite)
        {
            Assert.Ignore("SQL Server has many writers; they find out when they write.");
        }

        var owner = (await _server.SignUpAsync()).Id;
        var id = Guid.CreateVersion7();
        await using (var scope = _server.Services.CreateAsyncScope())
        {
            scope
                .ServiceProvider.GetRequiredService<AppDbContext>()
                .Add(TaskItem.Create(id, owner, new("0", null, default, default, null, []), Now));
            await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        }

        var changes = 0;
        async Task<Result> CountOnAsync()
        {
            await using var scope = _server.Services.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            return await scope
                .ServiceProvider.GetRequiredService<IUnitOfWork>()
                .SaveChangesAsync(
                    async () =>
                    {
                        Interlocked.Increment(ref changes);
                        var title = context.Entry(await Find(context)).Property(task => task.Title);
                        title.CurrentValue = $"{int.Parse(title.CurrentValue, null) + 1}";
                        return null;
                    },
                    default
                );
        }

        Task<TaskItem> Find(AppDbContext context) => context.Set<TaskItem>().SingleAsync(task => task.Id == id);

        var saved = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(CountOnAsync)));

        Assert.That(saved, Has.All.Property(nameof(Result.IsSuccess)).True);
        Assert.That(changes, Is.EqualTo(20), "nothing is read again");
        Assert.That((await _server.UseAsync((AppDbContext context) => Find(context))).Title, Is.EqualTo("20"));
    }

    [Test]
    public async Task What_a_change_refuses_is_not_saved()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();

        var saved = await unitOfWork.SaveChangesAsync(
            () =>
            {
                AddEvent(context);
                return Task.FromResult<Error?>(CommonErrors.NotFound);
            },
            default
        );

        Assert.That(saved.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(await CountAsync(), Is.Zero);
    }

    [TestCase("a task")]
    [TestCase("a session")]
    public async Task Rows_of_a_deleted_account_are_refused_like_its_sessions(string what)
    {
        var owner = (await _server.SignUpAsync()).Id;
        await _server.UseAsync(
            (AppDbContext context) => context.Accounts.Where(user => user.Id == owner).ExecuteDeleteAsync()
        );
        await using var scope = _server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        if (what == "a task")
        {
            context.Add(
                TaskItem.Create(Guid.CreateVersion7(), owner, new("Run", null, default, default, null, []), Now)
            );
        }
        else
        {
            context.Add(
                Session.Start(
                    owner,
                    null,
                    null,
                    new(TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(1)),
                    Now
                )
            );
        }

        Assert.That((await unitOfWork.SaveChangesAsync(default)).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [Test]
    public async Task Unsaved_work_does_not_leak_into_the_next_request()
    {
        var statements = 0;
        AppDbContext first;
        await using (var scope = _server.Services.CreateAsyncScope())
        {
            first = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            scope
                .ServiceProvider.GetRequiredService<UnitOfWork>()
                .Add(_ =>
                {
                    statements++;
                    return Task.CompletedTask;
                });
        }

        await using var next = _server.Services.CreateAsyncScope();
        var second = next.ServiceProvider.GetRequiredService<AppDbContext>();
        Assert.That(second, Is.SameAs(first), "contexts are pooled");
        AddEvent(second);
        await next.ServiceProvider.GetRequiredService<UnitOfWork>().SaveChangesAsync(default);

        Assert.That(statements, Is.Zero);
        Assert.That(await CountAsync(), Is.EqualTo(1));
    }

    private DateTimeOffset Now => _server.Clock.GetUtcNow();

    private void AddEvent(AppDbContext context) =>
        context.AuditEvents.Add(AuditEvent.Of(AuditEventType.SignedIn, _subject, _server.Caller, Now));

    private IQueryable<AuditEvent> Events(AppDbContext context) =>
        context.AuditEvents.Where(row => row.SubjectId == _subject);

    private Task<int> CountAsync() => _server.UseAsync((AppDbContext context) => Events(context).CountAsync());
}
