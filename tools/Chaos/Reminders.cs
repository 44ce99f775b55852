using System.Diagnostics;

namespace Fitnessify.Chaos;

/// <summary>
/// This run creates 10,000 tasks of 100 users whose reminders have the same moment, and measures how late the last notification
/// is. Each task has to be notified of once.
/// </summary>
internal sealed class Reminders(int servers) : IDisposable
{
    private const int Users = 100;
    private const int TasksPerUser = 100;
    private const int Total = Users * TasksPerUser;
    private const int MinutesBefore = 30;
    private const int ScanSeconds = 30;

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    // The run ends after this time if notifications are missing.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // The tasks have to be stored before the moment of their reminders.
    private static readonly TimeSpan Preparation = TimeSpan.FromSeconds(60);

    private readonly Tally _tally = new();
    private readonly Windows _windows = new();
    private readonly Fleet _fleet = new();
    private readonly List<Caller> _callers = [];

    public async Task<int> RunAsync()
    {
        for (var i = 0; i < servers; i++)
        {
            var server = await _fleet.StartAsync($"--Jobs:OverdueScanSeconds={ScanSeconds}");
            _callers.Add(new Caller(_tally, _windows) { Server = server });
        }

        var accounts = Enumerable.Range(0, Users).Select(_ => new Account()).ToList();
        await ForEachAsync(accounts, SignUpAsync);
        var earliest = DateTime.UtcNow + Preparation;
        var moment = earliest.Date.AddMinutes(Math.Ceiling(earliest.TimeOfDay.TotalMinutes));
        await ForEachAsync(accounts, (account, caller) => CreateTasksAsync(account, caller, moment));
        if (DateTime.UtcNow >= moment)
        {
            _tally.RecordWrong("The tasks were not stored before the moment of their reminders.");
        }

        await Task.Delay(Max(moment - DateTime.UtcNow, TimeSpan.Zero));
        var measured = await MeasureAsync(moment);
        // A scan of another server might notify once more.
        await Task.Delay(TimeSpan.FromSeconds(ScanSeconds + 1));
        await ForEachAsync(accounts, CompareAsync);
        return Report(measured);
    }

    public void Dispose() => _fleet.Dispose();

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Each server gets its share of the accounts.</summary>
    private Task ForEachAsync(List<Account> accounts, Func<Account, Caller, Task> actAsync) =>
        Parallel.ForEachAsync(
            accounts.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (each, _) => await actAsync(each.Item, _callers[each.Index % servers])
        );

    private async Task SignUpAsync(Account account, Caller caller)
    {
        var sessions = new Sessions(account, caller, _tally);
        await sessions.RegisterAsync();
        await sessions.SignInAsync();
    }

    private async Task CreateTasksAsync(Account account, Caller caller, DateTime moment)
    {
        var due = moment.AddMinutes(MinutesBefore);
        var operations = Enumerable
            .Range(1, TasksPerUser)
            .Select(number => new
            {
                op = "create",
                task = new
                {
                    title = $"Task {number}",
                    due = new { date = $"{due:yyyy-MM-dd}", time = $"{due:HH:mm}" },
                    reminders = new[] { MinutesBefore },
                },
            });
        var answer = await caller.SendAsync(
            HttpMethod.Post,
            "tasks/batch",
            account.AccessToken,
            new { atomic = true, operations }
        );
        if (!answer.IsSuccess)
        {
            _tally.RecordWrong($"batch: {answer.Status} {answer.Code}");
            return;
        }

        foreach (var result in answer.Body.GetProperty("results").EnumerateArray())
        {
            var task = result.GetProperty("task");
            account.Tasks[task.GetProperty("id").GetGuid()] = Known.Of(task);
        }
    }

    /// <summary>The database is asked at intervals, which is little work for it and none for the servers.</summary>
    private async Task<Measured> MeasureAsync(DateTime moment)
    {
        var cpu = _callers.ConvertAll(caller => ReadCpu(caller.Server.Id));
        var first = Limit;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync())
        {
            var count = await _fleet.Database.CountNotificationsAsync();
            var elapsed = DateTime.UtcNow - moment;
            first = count > 0 && elapsed < first ? elapsed : first;
            if (count >= Total || elapsed > Limit)
            {
                var used = _callers.Zip(cpu, (caller, before) => ReadCpu(caller.Server.Id) - before);
                return new Measured(first, elapsed, [.. used]);
            }
        }

        throw new UnreachableException();
    }

    private async Task CompareAsync(Account account, Caller caller)
    {
        List<Guid> notified = [];
        string? cursor = null;
        do
        {
            var path = "notifications?limit=100" + (cursor is null ? "" : $"&cursor={cursor}");
            var page = await caller.SendAsync(HttpMethod.Get, path, account.AccessToken);
            notified.AddRange(
                page.Body.Items()
                    .Where(notification => notification.Text("type") == "taskReminder")
                    .Select(notification => notification.GetProperty("taskId").GetGuid())
            );
            cursor = page.Body.Text("nextCursor");
        } while (cursor is not null);

        foreach (var task in account.Tasks.Keys)
        {
            var times = notified.Count(id => id == task);
            if (times != 1)
            {
                _tally.RecordWrong($"{times} notifications of the task {task}");
            }
        }

        if (notified.Count != TasksPerUser)
        {
            _tally.RecordWrong($"{notified.Count} notifications of {account.Name}");
        }
    }

    private int Report(Measured measured)
    {
        _tally.Print();
        var writing = (measured.Last - measured.First).TotalSeconds;
        Console.WriteLine(
            $"{Environment.ProcessorCount} cores, {servers} servers, {Users} users, {Total} reminders of one moment, a look each {ScanSeconds} s."
        );
        Console.WriteLine();
        Console.WriteLine(
            "| first notification after | last one after, the largest lag | written in | processor of the servers |"
        );
        Console.WriteLine("|---:|---:|---:|---|");
        Console.WriteLine(
            $"| {measured.First.TotalSeconds:0.0} s | {measured.Last.TotalSeconds:0.0} s | {writing:0.0} s | {string.Join(" + ", measured.Cpu.Select(cpu => $"{cpu.TotalSeconds:0.0} s"))} |"
        );
        Console.WriteLine();
        var isInTime = measured.Last <= Promised;
        Console.WriteLine($"- each task once: {(_tally.IsClean ? "kept" : "BROKEN")}");
        Console.WriteLine($"- the last one within {Promised.TotalSeconds:0} s: {(isInTime ? "kept" : "BROKEN")}");
        return _tally.IsClean && isInTime ? 0 : 1;
    }

    private static TimeSpan ReadCpu(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }

    /// <param name="First">The time from the moment to the first notification.</param>
    /// <param name="Last">The time from the moment to the last notification, which is the largest lag.</param>
    /// <param name="Cpu">The processor time of each server in that time.</param>
    private sealed record Measured(TimeSpan First, TimeSpan Last, IReadOnlyList<TimeSpan> Cpu);
}
