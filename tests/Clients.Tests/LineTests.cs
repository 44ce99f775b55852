using System.Diagnostics;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>These tests show what happens to calls over a bad connection.</summary>
public sealed class LineTests
{
    private const string Refresh = "POST /api/v1/auth/refresh";
    private const string Me = "GET /api/v1/users/me";
    private const string Newest = "GET /api/v1/notifications";
    private const string Stream = "GET /api/v1/notifications/stream";
    private const string Json = "application/json";

    private static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private Device _device = null!;

    private Line Line => _device.Line;

    [SetUp]
    public async Task SignUp() => _device = await Device.SignUpAsync(SharedServer.Instance);

    [Test]
    public async Task A_stalled_refresh_blocks_no_cancelled_caller_and_times_out()
    {
        using var session = _device.WithShortTimeouts(SharedServer.Instance);
        Line.Expire(_device.Tokens!);
        Line.Hangs = call => call == Refresh;
        using var stop = new CancellationTokenSource(20);
        var clock = Stopwatch.StartNew();
        var cancelled = session.Api.Users.GetMeAsync(stop.Token);
        var waiting = session.Api.Tasks.ListAsync();

        Assert.That(() => cancelled, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(clock.ElapsedMilliseconds, Is.LessThan(290));
        Assert.That(() => waiting, Throws.TypeOf<ConnectionException>());
        Assert.That(clock.ElapsedMilliseconds, Is.LessThan(3000));
        // The connection is back, so the next call succeeds.
        Line.Hangs = _ => false;
        await session.Api.Users.GetMeAsync();
    }

    [Test]
    public void A_stalled_call_times_out_and_can_be_cancelled_at_once()
    {
        using var session = _device.WithShortTimeouts(SharedServer.Instance, options => options.MaxAttempts = 2);
        Line.Hangs = call => call == Me;
        Assert.That(() => session.Api.Users.GetMeAsync(), Throws.TypeOf<ConnectionException>());
        using var stop = new CancellationTokenSource();
        var cancelled = session.Api.Users.GetMeAsync(stop.Token);
        stop.Cancel();
        Assert.That(() => cancelled, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_notification_stream_survives_a_start_offline_and_gateway_errors()
    {
        using var session = _device.WithShortTimeouts(SharedServer.Instance);
        Func<HttpResponseMessage>[] responses =
        [
            () => throw new HttpRequestException("offline"),
            () => Line.Answer(502, "text/html", "<h1>Bad gateway</h1>"),
            () => Line.Answer(200, "text/html", "<h1>Sign in</h1>"),
            () => Line.Answer(404, "text/html", "<h1>No such page</h1>"),
            () => Line.Problem(429, "rate_limited", "0"),
        ];
        // The client gets each of these once for the list with the newest notification and once for the stream.
        Dictionary<string, int> seen = new() { [Newest] = 0, [Stream] = 0 };
        Line.Before = call =>
            seen.TryGetValue(call, out var time) && time < responses.Length ? responses[seen[call]++]() : null;
        await using var stream = session.NotificationsAsync().GetAsyncEnumerator();
        var first = stream.MoveNextAsync();
        await Line.ReachesServerAsync(Stream);
        await session.Api.Tasks.CreateAsync(new() { Title = "late", DueAt = LongAgo });
        Assert.That(await first, Is.True);
        Assert.That(stream.Current.Title, Is.EqualTo("late"));
        Assert.That(seen.Values, Is.All.EqualTo(responses.Length));
    }

    [TestCase(60, false)]
    [TestCase(0, true)]
    public async Task Pauses_before_reconnecting_a_stream_grow_and_reset_after_a_stable_period(int quiet, bool isCalm)
    {
        using var session = _device.WithShortTimeouts(
            SharedServer.Instance,
            options =>
                (options.RetryDelay, options.RetryDelayResetAfter) = (
                    TimeSpan.FromMilliseconds(100),
                    TimeSpan.FromSeconds(quiet)
                )
        );
        var connects = 0;
        Line.Before = call => call == Stream ? Line.Answer(200, "text/event-stream", EventText(connects++)) : null;
        var clock = Stopwatch.StartNew();
        await foreach (var _ in session.NotificationsAsync(Guid.Empty))
        {
            if (connects == 5)
            {
                break;
            }
        }

        // There are four pauses: 100, 200, 400 and 800 ms, or half of them, or 100 ms each.
        Assert.That(clock.ElapsedMilliseconds, isCalm ? Is.LessThan(740) : Is.AtLeast(740));

        static string EventText(int number)
        {
            var id = Guid.NewGuid();
            var data =
                $$"""{"id":"{{id}}","type":"taskOverdue","taskId":"{{id}}","title":"{{number}}","dueAt":"2020-01-01T00:00:00Z","minutesBefore":null,"createdAt":"2020-01-01T00:00:00Z","readAt":null,"snoozedUntil":null}""";
            return $"event: taskOverdue\nid: 0.{id}\ndata: {data}\n\n";
        }
    }

    [Test]
    public async Task A_stream_waits_as_long_as_the_server_requests()
    {
        using var session = _device.WithShortTimeouts(SharedServer.Instance);
        var refusals = new Queue<HttpResponseMessage>([Line.Problem(503, "service_unavailable", "1")]);
        Line.Before = call => call == Stream && refusals.TryDequeue(out var refusal) ? refusal : null;
        using var stop = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var next = session.NotificationsAsync(Guid.Empty, stop.Token).GetAsyncEnumerator().MoveNextAsync().AsTask();
        await Line.ReachesServerAsync(Stream);
        Assert.That(clock.ElapsedMilliseconds, Is.AtLeast(990));
        await stop.CancelAsync();
        Assert.That(() => next, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_retry_succeeds_when_the_lost_response_belonged_to_a_completed_call()
    {
        var (session, tasks, id) = (_device.Session, _device.Api.Tasks, Guid.NewGuid());
        LoseFirst($"PUT /api/v1/tasks/{id}");
        var task = await session.CreateTaskAsync(new() { Title = "Run" }, id);
        Assert.That((task.Title, task.Version), Is.EqualTo(("Run", 1)));

        LoseFirst($"PATCH /api/v1/tasks/{id}");
        var patch = new TaskPatch
        {
            Title = " Swim ",
            Labels = ["a"],
            Description = null,
        };
        patch.DueAt = new DateTimeOffset(2031, 5, 6, 9, 8, 9, TimeSpan.FromHours(2));
        var patched = await tasks.PatchAsync(id, patch, task.ETag());
        Assert.That((patched.Title, patched.Version), Is.EqualTo(("Swim", 2)));
        Assert.That(
            () => tasks.PatchAsync(id, new() { Title = "Fly" }, task.ETag()),
            Throws.TypeOf<FitnessifyException>().With.Property("Code").EqualTo(ErrorCode.PreconditionFailed)
        );

        LoseFirst($"DELETE /api/v1/tasks/{id}");
        await tasks.DeleteAsync(id);
        Assert.That(
            () => tasks.DeleteAsync(id),
            Throws.TypeOf<FitnessifyException>().With.Property("Code").EqualTo(ErrorCode.NotFound)
        );
    }

    [Test]
    public async Task A_retry_recognizes_its_own_list_checklist_and_position()
    {
        var (tasks, lists) = (_device.Api.Tasks, _device.Api.Lists);
        var listId = Guid.NewGuid();
        LoseFirst($"PUT /api/v1/lists/{listId}");
        var list = await lists.ReplaceAsync(listId, new() { Name = " Home " }, ifNoneMatch: "*");
        LoseFirst($"PATCH /api/v1/lists/{listId}");
        var rename = new ListPatch
        {
            Name = "Work",
            Color = null,
            Position = null,
        };
        var renamed = await lists.PatchAsync(listId, rename, list.ETag());
        Assert.That((renamed.Name, renamed.Version), Is.EqualTo(("Work", 2)));

        var steps = new Dictionary<string, ChecklistItemInput>
        {
            ["a"] = new() { Title = "Pack" },
            ["b"] = new() { Title = "Lock" },
        };
        var task = await tasks.CreateAsync(new() { Title = "Trip", Checklist = steps });
        LoseFirst($"PATCH /api/v1/tasks/{task.Id}");
        var changes = new Dictionary<string, ChecklistItemPatch?>
        {
            ["a"] = new() { Done = true },
            ["b"] = null,
            ["c"] = new() { Title = " Fuel ", Position = null },
        };
        var patched = await tasks.PatchAsync(task.Id, new() { ListId = listId, Checklist = changes }, task.ETag());
        Assert.That((patched.ListId, patched.Version), Is.EqualTo((listId, 4)));
        Assert.That(patched.Checklist.Keys, Is.EqualTo(["a", "c"]));
        changes = new() { ["a"] = new() { Done = false } };
        var stale = Assert.ThrowsAsync<FitnessifyException>(() =>
            tasks.PatchAsync(task.Id, new() { Checklist = changes }, task.ETag())
        )!;
        Assert.That(stale.Current<TaskDto>()!.Checklist["a"].Done, Is.True);

        var path = $"PATCH /api/v1/tasks/{task.Id}";
        Line.Loses = call => call == path && Line.Count(call) == 4;
        var cleared = await tasks.PatchAsync(task.Id, new() { Checklist = null }, patched.ETag());
        Assert.That((cleared.Checklist.Count, cleared.Version), Is.EqualTo((0, 5)));
    }

    [Test]
    public async Task A_retry_recognizes_its_own_due_and_reminders()
    {
        var (tasks, id) = (_device.Api.Tasks, Guid.NewGuid());
        LoseFirst($"PUT /api/v1/tasks/{id}");
        var input = new TaskInput { Title = "Run", Reminders = [10, 0] };
        input.Due = new() { Date = "2030-01-15", Time = "08:00" };
        var task = await _device.Session.CreateTaskAsync(input, id);
        LoseFirst($"PATCH /api/v1/tasks/{id}");
        var due = new DuePatch
        {
            Date = "2030-01-16",
            Time = "09:30:00",
            TimeZone = "Asia/Tokyo",
        };
        var moved = await tasks.PatchAsync(id, new() { Due = due, Reminders = [60] }, task.ETag());
        Assert.That((moved.Due!.Date, moved.Due.Time, moved.Version), Is.EqualTo(("2030-01-16", "09:30", 2)));
        Assert.That(
            () => tasks.PatchAsync(id, new() { Due = new() { Date = "2030-01-17" } }, task.ETag()),
            Throws.TypeOf<FitnessifyException>().With.Property("Code").EqualTo(ErrorCode.PreconditionFailed)
        );

        var path = $"PATCH /api/v1/tasks/{id}";
        Line.Loses = call => call == path && Line.Count(call) == 4;
        var cleared = await tasks.PatchAsync(id, new() { Due = null, Reminders = null }, moved.ETag());
        Assert.That((cleared.Due, cleared.Reminders.Count, cleared.Version), Is.EqualTo(((DueDto?)null, 0, 3)));
    }

    [Test]
    public void A_password_change_is_sent_only_once()
    {
        const string Path = "PUT /api/v1/users/me/password";
        Line.Loses = call => call == Path;
        var change = new ChangePasswordCommand
        {
            CurrentPassword = "wrong",
            NewPassword = "brave lanterns orbit softly",
        };
        Assert.That(() => _device.Api.Users.ChangePasswordAsync(change), Throws.TypeOf<ConnectionException>());
        Assert.That(Line.Count(Path), Is.EqualTo(1));
    }

    [TestCase(200, Json, """{"ok":true}""")]
    [TestCase(200, "text/html", "<h1>Sign in</h1>")]
    [TestCase(200, Json, "{")]
    [TestCase(200, Json, "null")]
    [TestCase(204, Json, "")]
    public async Task A_response_of_another_server_does_not_replace_the_tokens(int status, string type, string body)
    {
        using var session = _device.WithShortTimeouts(SharedServer.Instance, options => options.MaxAttempts = 1);
        var kept = _device.Tokens;
        Line.Before = call => call == Me ? null : Line.Answer(status, type, body);
        Assert.That(() => session.SignInAsync("ann", "password"), Throws.TypeOf<ConnectionException>());
        Assert.That(() => session.RefreshAsync(), Throws.TypeOf<ConnectionException>());
        Assert.That(() => session.Api.Tasks.ListAsync(), Throws.TypeOf<ConnectionException>());
        if (status != 204)
        {
            Assert.That(() => session.Api.Tasks.DeleteAsync(Guid.NewGuid()), Throws.TypeOf<ConnectionException>());
        }

        Assert.That(_device.Tokens, Is.SameAs(kept));
        Line.Before = _ => null;
        await session.RefreshAsync();
    }

    [Test]
    public void A_manual_sign_in_without_tokens_in_the_response_keeps_the_old_ones()
    {
        var kept = _device.Tokens;
        Assert.That(
            () => _device.Session.SignInWithAsync(_ => Task.FromResult(new TokensDto())),
            Throws.TypeOf<ConnectionException>()
        );
        Assert.That(_device.Tokens, Is.SameAs(kept));
    }

    [TestCase(502, """{"title":"No"}""", null, "http_502", null)]
    [TestCase(500, "{", null, "http_500", null)]
    [TestCase(403, "null", null, "http_403", null)]
    [TestCase(503, """{"code":5}""", "Wed, 21 Oct 2015 07:28:00 GMT", "http_503", 0)]
    [TestCase(503, "", "soon", "http_503", null)]
    public void Refusals_by_gateways_are_typed(int status, string body, string? retryAfter, string code, int? wait)
    {
        using var session = _device.WithShortTimeouts(SharedServer.Instance, options => options.MaxAttempts = 1);
        Line.Before = _ =>
        {
            var response = Line.Answer(status, "application/problem+json", body);
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter is null ? [] : [retryAfter]);
            return response;
        };
        var refusal = Assert.ThrowsAsync<FitnessifyException>(() => session.Api.Users.GetMeAsync())!;
        Assert.That((refusal.CodeText, refusal.Status), Is.EqualTo((code, status)));
        Assert.That(refusal.RetryAfter?.TotalSeconds, Is.EqualTo((double?)wait));
        Assert.That(refusal.Errors, Is.Empty);
    }

    [Test]
    public void A_required_second_factor_without_a_challenge_token_is_typed()
    {
        Line.Before = _ => Line.Problem(401, "mfa_required");
        var refusal = Assert.ThrowsAsync<MfaRequiredException>(() => _device.Session.SignInAsync("ann", "password"))!;
        Assert.That(refusal.ChallengeToken, Is.Empty);
        Assert.That(refusal.Methods, Is.Empty);
    }

    private void LoseFirst(string call) => Line.Loses = made => made == call && Line.Count(call) == 1;
}
