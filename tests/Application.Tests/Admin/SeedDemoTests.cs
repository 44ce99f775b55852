using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Changes;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Admin;

/// <summary>The names of the demo users are fixed, so each test has its own database.</summary>
public sealed class SeedDemoTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task CreateDatabase()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _server.Clock.SetUtcNow(Given.Now);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Creates_two_members_who_can_sign_in_with_the_returned_password()
    {
        var seeded = (await _server.SendAsync(new SeedDemoCommand())).Value!;

        Assert.That((seeded.AreNew, seeded.Usernames.Count), Is.EqualTo((true, 2)));
        foreach (var username in seeded.Usernames)
        {
            var account = (await AccountAsync(username))!;
            var user = (await new Records(_server).UserAsync(account.UserId))!;
            var audited = await new Records(_server).EventsAsync(account.UserId);
            Assert.That((account.EmailConfirmed, string.Join(' ', user.Roles)), Is.EqualTo((true, Roles.Member)));
            Assert.That(audited.Select(entry => entry.Type), Is.EqualTo([AuditEventType.Registered]));
            var signedIn = await _server.SendAsync(new LoginUserCommand(username, seeded.Password));
            Assert.That(signedIn.Error, Is.Null, username);
        }
    }

    [Test]
    public async Task Gives_each_user_a_hundred_tasks_of_every_kind()
    {
        var seeded = (await _server.SendAsync(new SeedDemoCommand())).Value!;

        foreach (var username in seeded.Usernames)
        {
            await SignInNewUserAsync(username);
            var summary = (await _server.SendAsync(new GetTaskSummaryQuery(null))).Value!;
            var listed = await ListAsync();
            var trash = (await _server.SendAsync(new ListTrashQuery(200, null))).Value!.Items;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(listed.Count + trash.Count, Is.EqualTo(100));
                Assert.That(trash, Has.Count.InRange(5, 10));
                Assert.That(summary.ByStatus.Values, Is.All.Positive);
                Assert.That(summary.ByPriority.Values, Is.All.Positive);
                Assert.That(summary.Overdue, Is.InRange(5, 50));
                Assert.That(listed.Count(task => task.DueAt > Given.Now), Is.Positive);
                Assert.That(listed.Count(task => task.DueAt is null), Is.Positive);
                Assert.That(listed.Count(task => task.Description is null), Is.Positive);
                Assert.That(listed.SelectMany(task => task.Labels).Distinct().Count(), Is.GreaterThan(3));
                Assert.That(listed.Select(task => task.Title), Is.Unique);
            }
        }
    }

    [Test]
    public async Task Creates_only_users_and_tasks_that_pass_validation()
    {
        var seeded = (await _server.SendAsync(new SeedDemoCommand())).Value!;

        foreach (var username in seeded.Usernames)
        {
            var account = (await AccountAsync(username))!;
            Assert.That(
                new RegisterUserValidator().ErrorTextOf(
                    new RegisterUserCommand(username, account.Email!, seeded.Password)
                ),
                Is.Empty
            );
            await SignInNewUserAsync(username);
            foreach (var task in await ListAsync())
            {
                var input = new TaskInput(
                    task.Title,
                    task.Description,
                    task.Status,
                    task.Priority,
                    task.DueAt,
                    task.Labels
                );
                Assert.That(new CreateTaskValidator().ErrorTextOf(new CreateTaskCommand(input)), Is.Empty, task.Title);
            }
        }
    }

    [Test]
    public async Task Creates_tasks_with_a_history_of_several_weeks()
    {
        var seeded = (await _server.SendAsync(new SeedDemoCommand())).Value!;

        await SignInNewUserAsync(seeded.Usernames[0]);
        var changes = (await _server.SendAsync(new ListChangesQuery(null, 200))).Value!.Items;
        var tasks = changes.Select(change => change.Task).OfType<TaskDto>().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tasks.Min(task => task.CreatedAt), Is.LessThan(Given.Now.AddDays(-20)));
            Assert.That(tasks.Select(task => task.CreatedAt), Is.Unique);
            Assert.That(tasks.Select(task => task.UpdatedAt), Is.All.LessThan(Given.Now));
            Assert.That(
                tasks.Where(task => task.Status == TaskItemStatus.Done).Select(task => task.CompletedAt),
                Is.All.LessThan(Given.Now)
            );
        }
    }

    [Test]
    public async Task Changes_nothing_when_a_demo_user_already_exists()
    {
        var seeded = (await _server.SendAsync(new SeedDemoCommand())).Value!;
        await SignInNewUserAsync(seeded.Usernames[1]);
        var before = await ListAsync();

        var again = (await _server.SendAsync(new SeedDemoCommand())).Value!;

        Assert.That((again.AreNew, again.Usernames), Is.EqualTo((false, seeded.Usernames)));
        Assert.That((await ListAsync()).Select(task => task.Id), Is.EqualTo(before.Select(task => task.Id)));
    }

    [Test]
    public async Task Does_not_change_an_existing_user_with_one_of_the_names()
    {
        var names = (await _server.SendAsync(new SeedDemoCommand())).Value!.Usernames;
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();
        var user = (await server.SignUpAsync(names[1], "somebody@example.org")).Value!;

        var seeded = (await server.SendAsync(new SeedDemoCommand())).Value!;

        Assert.That((seeded.AreNew, seeded.Usernames), Is.EqualTo((false, names.Skip(1))));
        Assert.That((await new Records(server).AccountAsync(names[1]))!.UserId, Is.EqualTo(user.Id));
        Assert.That(await new Records(server).AccountAsync(names[0]), Is.Null);
    }

    [Test]
    public async Task Concurrent_starts_create_the_users_once()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => _server.SendAsync(new SeedDemoCommand())))
        );

        Assert.That(results.Select(result => result.Error), Is.All.Null);
        Assert.That(results.Count(result => result.Value!.AreNew), Is.EqualTo(1));
    }

    [TestCase("Accounts:MinimumPasswordLength", "64", "password_rejected")]
    [TestCase("Tasks:MaxPerUser", "99", "limit_reached")]
    public async Task Stores_nothing_when_the_settings_do_not_allow_it(string key, string value, string error)
    {
        await using var strict = _database.Start((key, value));

        Assert.That((await strict.SendAsync(new SeedDemoCommand())).Error?.Code, Is.EqualTo(error));

        Assert.That((await _server.SendAsync(new SeedDemoCommand())).Value?.AreNew, Is.True);
    }

    private Task<Credentials?> AccountAsync(string username) => new Records(_server).AccountAsync(username);

    private async Task SignInNewUserAsync(string username) =>
        _server.Caller.Session = await _server.SignInAsync((await AccountAsync(username))!.UserId);

    private async Task<IReadOnlyList<TaskDto>> ListAsync() =>
        (await _server.SendAsync(new ListTasksQuery([], [], [], null, null, null, null, "createdAt", 200, null)))
            .Value!
            .Items;
}
