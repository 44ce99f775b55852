using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

public sealed class CallTests
{
    private const string Repeatable = """
        {"op":"create","id":"5f0c2d0e-8a51-4a3e-9f0b-2f1e7b5a9c01","task":{"title":"x"}}
        """;

    [Test]
    public async Task A_call_without_a_response_is_retried_only_when_a_retry_is_safe()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var (line, tasks) = (device.Line, device.Api.Tasks);
        line.Loses = call => line.Count(call) == 1;
        Assert.That((await device.Api.Users.GetMeAsync()).EmailConfirmed, Is.False);
        Assert.That(() => tasks.CreateAsync(new() { Title = "Once" }), Throws.TypeOf<ConnectionException>());
        Assert.That(line.Count("GET /api/v1/users/me"), Is.EqualTo(2));
        Assert.That(line.Count("POST /api/v1/tasks"), Is.EqualTo(1));

        var task = (await tasks.ListAsync()).Items.Single();
        // The first call is applied; the second one cannot apply it twice and finds it done.
        var patched = await tasks.PatchAsync(task.Id, new() { Title = "Twice" }, task.ETag());
        Assert.That((patched.Title, patched.Version), Is.EqualTo(("Twice", 2)));
        Assert.That(line.Count($"PATCH /api/v1/tasks/{task.Id}"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_batch_without_a_response_is_retried_only_when_each_operation_can_be()
    {
        const string Batch = "POST /api/v1/tasks/batch";
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var tasks = device.Api.Tasks;
        var (task, old) = (
            await tasks.CreateAsync(new() { Title = "A" }),
            await tasks.CreateAsync(new() { Title = "B" })
        );
        var create = new TaskOperation { Op = TaskOperationKind.Create, Id = Guid.NewGuid() };
        create.Task = new() { Title = "New" };
        var patch = new TaskOperation { Op = TaskOperationKind.Patch, Id = task.Id };
        (patch.IfMatch, patch.Task) = (task.Version, new() { Title = "Changed" });
        var delete = new TaskOperation { Op = TaskOperationKind.Delete, Id = old.Id };
        delete.IfMatch = old.Version;
        device.Line.Loses = call => call == Batch && device.Line.Count(Batch) == 1;

        var results = (await tasks.BatchAsync(new() { Operations = [create, patch, delete] })).Results;

        // The first attempt has done everything, and the second one cannot apply it twice and finds it done.
        Assert.That(device.Line.Count(Batch), Is.EqualTo(2));
        Assert.That(results.Select(result => result.Problem), Is.All.Null);
        Assert.That(results.Select(result => result.Task?.Title), Is.EqualTo(["New", "Changed", null]));
        Assert.That(results[2].Status, Is.EqualTo(204));
        var stored = await tasks.GetAsync(task.Id);
        // The version is the number of the change of the user: two were before the batch.
        Assert.That((stored.Title, stored.Version), Is.EqualTo(("Changed", 4)));
    }

    [Test]
    public async Task An_operation_of_a_repeated_batch_that_another_device_was_quicker_with_fails()
    {
        const string Batch = "POST /api/v1/tasks/batch";
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var task = await device.Api.Tasks.CreateAsync(new() { Title = "A" });
        await device.Api.Tasks.PatchAsync(task.Id, new() { Title = "B" });
        var patch = new TaskOperation { Op = TaskOperationKind.Patch, Id = task.Id };
        (patch.IfMatch, patch.Task) = (task.Version, new() { Title = "C" });
        device.Line.Loses = call => call == Batch && device.Line.Count(Batch) == 1;

        var result = (await device.Api.Tasks.BatchAsync(new() { Operations = [patch] })).Results.Single();

        Assert.That(device.Line.Count(Batch), Is.EqualTo(2));
        Assert.That((result.Status, result.Problem!.Code), Is.EqualTo((412, ErrorCode.PreconditionFailed)));
    }

    [TestCase("""{"op":"create","task":{"title":"x"}}""")]
    [TestCase(Repeatable)]
    [TestCase("""{"op":"patch","id":"5f0c2d0e-8a51-4a3e-9f0b-2f1e7b5a9c02","task":{"title":"x"}}""")]
    [TestCase("""{"op":"delete","id":"5f0c2d0e-8a51-4a3e-9f0b-2f1e7b5a9c02"}""")]
    [TestCase("""{"op":"create","id":"5f0c2d0e-8a51-4a3e-9f0b-2f1e7b5a9c02","task":{"title":"x"}}""", true)]
    public async Task A_batch_is_sent_once_because_of_one_operation_or_because_it_is_atomic(
        string operation,
        bool isAtomic = false
    )
    {
        const string Batch = "POST /api/v1/tasks/batch";
        var device = await Device.SignUpAsync(SharedServer.Instance);
        string[] operations = [Repeatable, operation];
        var batch = new BatchTasksCommand
        {
            Operations = [.. operations.Select(json => JsonSerializer.Deserialize<TaskOperation>(json)!)],
        };
        batch.Atomic = isAtomic;
        device.Line.Loses = call => call == Batch;
        Assert.That(() => device.Api.Tasks.BatchAsync(batch), Throws.TypeOf<ConnectionException>());
        Assert.That(device.Line.Count(Batch), Is.EqualTo(1));
    }

    [Test]
    public async Task Refused_calls_are_retried_when_the_server_says_so()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        // With its own delay, a call would fail at once.
        using var session = new FitnessifySession(SharedServer.Instance.Address, device.Options(retryDelay: 3_600_000));
        var refusals = new Queue<HttpResponseMessage>([
            Line.Problem(429, "rate_limited", "0"),
            Line.Problem(503, "service_unavailable", "0"),
        ]);
        device.Line.Before = _ => refusals.TryDequeue(out var refusal) ? refusal : null;
        Assert.That((await session.Api.Tasks.CreateAsync(new() { Title = "Third time lucky" })).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task A_long_retry_delay_is_reported_at_once_and_retries_are_limited()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        device.Line.Before = _ => Line.Problem(429, "too_many_attempts", "900");
        var refusal = Assert.ThrowsAsync<FitnessifyException>(() => device.Api.Users.GetMeAsync());
        Assert.That(refusal!.Code, Is.EqualTo(ErrorCode.TooManyAttempts));
        Assert.That(refusal.RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(15)));
        var attempts = 0;
        device.Line.Before = _ =>
        {
            attempts++;
            return Line.Problem(503, "service_unavailable", "0");
        };
        Assert.That(() => device.Api.Users.GetMeAsync(), Throws.TypeOf<FitnessifyException>());
        Assert.That(attempts, Is.EqualTo(4));
    }

    [Test]
    public async Task A_cancelled_call_ends_at_once()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        using var session = new FitnessifySession(SharedServer.Instance.Address, device.Options(retryDelay: 10_000));
        using var cancelling = new CancellationTokenSource();
        device.Line.Before = _ =>
        {
            cancelling.Cancel();
            return Line.Problem(503, "service_unavailable");
        };
        Assert.That(
            () => session.Api.Users.GetMeAsync(cancelling.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public async Task Every_documented_error_code_is_a_typed_value()
    {
        var json = await File.ReadAllTextAsync(Path.Combine(Programs.Root, "docs", "openapi.v1.json"));
        var schemas = JsonDocument.Parse(json).RootElement.GetProperty("components").GetProperty("schemas");
        var codes = schemas.GetProperty("ErrorCode").GetProperty("enum").EnumerateArray().ToList();
        var device = await Device.SignUpAsync(SharedServer.Instance);
        foreach (var code in codes.Select(code => code.GetString()!))
        {
            device.Line.Before = _ => Line.Problem(418, code, members: ""","challengeToken":"","methods":[]""");
            var refusal = Assert.CatchAsync<FitnessifyException>(() => device.Api.Auth.GetPasswordPolicyAsync())!;
            var name = string.Concat(code.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            Assert.Multiple(() =>
            {
                Assert.That($"{refusal.Code}", Is.EqualTo(name));
                Assert.That(refusal.CodeText, Is.EqualTo(code));
                Assert.That(refusal.Errors, Is.Empty);
            });
        }

        Assert.That(Enum.GetValues<ErrorCode>(), Has.Length.EqualTo(codes.Count + 1), "And Unknown.");
    }

    [Test]
    public void Validation_errors_contain_JSON_pointers()
    {
        using var session = new FitnessifySession(SharedServer.Instance.Address);
        var account = new RegisterUserCommand { Username = "x", Email = "ann@example.com" };
        account.Password = Server.Password;
        var refusal = Assert.ThrowsAsync<FitnessifyException>(() => session.Api.Auth.RegisterAsync(account));
        Assert.That(refusal!.Code, Is.EqualTo(ErrorCode.ValidationFailed));
        var error = refusal.Errors.Single();
        Assert.That((error.Pointer, error.Code), Is.EqualTo(("#/username", "too_short")));
    }

    [Test]
    public async Task Codes_values_and_members_of_a_newer_server_are_tolerated()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        device.Line.Before = _ => Line.Problem(409, "too_modern", members: ""","more":1""");
        var refusal = Assert.ThrowsAsync<FitnessifyException>(() => device.Api.Tasks.ListAsync());
        Assert.That((refusal!.Code, refusal.CodeText), Is.EqualTo((ErrorCode.Unknown, "too_modern")));
        var known = JsonSerializer.SerializeToNode(
            new TaskDto
            {
                Title = "x",
                Labels = [],
                Status = TaskItemStatus.Todo,
                Priority = TaskPriority.Low,
            }
        )!;
        (known["status"], known["priority"], known["mood"]) = ("postponed", "high", "good");
        device.Line.Before = _ => Line.Answer(200, "application/json", $$"""{"items":[{{known}}],"nextCursor":null}""");
        var task = (await device.Api.Tasks.ListAsync()).Items.Single();
        Assert.That((task.Status, task.Priority), Is.EqualTo((TaskItemStatus.Unknown, TaskPriority.High)));
    }

    [Test]
    public async Task An_error_that_does_not_come_from_the_API_is_recognizable()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        device.Line.Before = _ => new HttpResponseMessage(System.Net.HttpStatusCode.BadGateway);
        var refusal = Assert.ThrowsAsync<FitnessifyException>(() => device.Api.Users.GetMeAsync());
        Assert.That(
            (refusal!.Status, refusal.Code, refusal.CodeText),
            Is.EqualTo((502, ErrorCode.Unknown, "http_502"))
        );
    }

    [Test]
    public async Task Only_assigned_members_are_sent_including_null()
    {
        using var session = await SharedServer.Instance.SignUpAsync();
        var tasks = session.Api.Tasks;
        var due = new DateTimeOffset(2030, 1, 1, 18, 0, 0, TimeSpan.FromHours(1));
        var milk = await tasks.CreateAsync(new() { Title = "Buy milk", DueAt = due });
        Assert.That((milk.Priority, milk.DueAt), Is.EqualTo((TaskPriority.Normal, due)));
        Assert.That(await tasks.GetAsync(milk.Id, milk.ETag()).IfChangedAsync(), Is.Null);
        var cleared = await tasks.PatchAsync(milk.Id, new() { DueAt = null }, milk.ETag());
        Assert.That((cleared.Title, cleared.DueAt), Is.EqualTo(("Buy milk", (DateTimeOffset?)null)));
        Assert.That((await tasks.GetAsync(milk.Id, milk.ETag()).IfChangedAsync())!.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task Sync_returns_all_changes_page_by_page_and_continues_where_it_stopped()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var operations = Enumerable.Range(0, 100).Select(CreateTask).ToList();
        for (var part = 0; part < 3; part++)
        {
            await device.Api.Tasks.BatchAsync(new() { Operations = operations });
        }

        var pages = await device.Session.SyncAsync().ToListAsync();
        Assert.That(pages.Select(page => page.Items.Count), Is.EqualTo((int[])[200, 100]));

        var task = pages[0].Items[0].Id;
        await device.Api.Tasks.DeleteAsync(task);
        var change = (await device.Session.SyncAsync(pages[1].Next).SingleAsync()).Items.Single();
        Assert.That((change.Id, change.Deleted, change.Task), Is.EqualTo((task, true, (TaskDto?)null)));

        device.Line.Before = _ => Line.Problem(410, "sync_token_expired");
        var refusal = Assert.ThrowsAsync<FitnessifyException>(async () =>
            await device.Session.SyncAsync(pages[1].Next).FirstAsync()
        );
        Assert.That(refusal!.Code, Is.EqualTo(ErrorCode.SyncTokenExpired));
    }

    private static TaskOperation CreateTask(int number) =>
        new()
        {
            Op = TaskOperationKind.Create,
            Task = new() { Title = $"Task {number}" },
        };
}
