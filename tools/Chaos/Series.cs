using System.Globalization;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Chaos;

/// <summary>
/// This run kills the server at random moments while it completes tasks that repeat, in all ways. A task that is done has to have
/// its successor, and no other task is open.
/// </summary>
internal sealed class Series(int count, int seed) : IDisposable
{
    private const int Users = 4;

    // A kill comes after so many acknowledged completions, and a random delay in milliseconds in which others are under way.
    private const int MaxCompletionsBeforeKill = 100;
    private const int MaxDelayBeforeKill = 30;

    private static readonly DateOnly First = new(2040, 1, 1);

    private static readonly string[] Settings = ["--RateLimits:Enabled=false", "--Database:SqliteSynchronous=Full"];

    private readonly ServerData _data = new();
    private readonly Random _random = new(seed);
    private readonly Tally _tally = new();
    private readonly Windows _windows = new();

    public async Task<int> RunAsync()
    {
        var caller = new Caller(_tally, _windows);
        _windows.Open();
        await StartAsync(caller);
        var users = Enumerable
            .Range(0, Users)
            .Select(_ => new User(caller, _tally, new Random(_random.Next())))
            .ToList();
        await Task.WhenAll(users.Select(user => user.StartAsync()));
        for (var done = 0; done < count; done++)
        {
            var running = users.ConvertAll(user => user.CompleteUntilKilledAsync());
            await _tally.UntilAcknowledgedAsync(_random.Next(MaxCompletionsBeforeKill), running);
            await Task.Delay(_random.Next(MaxDelayBeforeKill));
            _windows.Open();
            await caller.Server.KillAsync();
            await Task.WhenAll(running);
            caller.Server.Dispose();
            await StartAsync(caller);
            await Task.WhenAll(users.Select(user => user.CompareAsync()));
        }

        await caller.Server.TerminateAsync();
        _tally.Print();
        Console.WriteLine(
            $"{count} kills, {_tally.Acknowledged} acknowledged completions, {users.Sum(user => user.Unanswered)} without an answer, "
                + $"of which {users.Sum(user => user.Stored)} were stored: {(_tally.IsClean ? "kept" : "BROKEN")}"
        );
        return _tally.IsClean ? 0 : 1;
    }

    public void Dispose() => _data.Dispose();

    private async Task StartAsync(Caller caller)
    {
        var server = _data.Run(Settings);
        await server.StartedAsync();
        caller.Server = server;
        _windows.Close();
    }

    /// <summary>A user with one task that repeats each day.</summary>
    private sealed class User(Caller caller, Tally tally, Random random)
    {
        private readonly Account _account = new();
        private Guid _series;
        private DateOnly _open = First;

        /// <summary>The number of completions that were killed.</summary>
        public int Unanswered { get; private set; }

        /// <summary>The number of these that the server had stored.</summary>
        public int Stored { get; private set; }

        public async Task StartAsync()
        {
            var sessions = new Sessions(_account, caller, tally);
            await sessions.RegisterAsync();
            await sessions.SignInAsync();
            var created = await SendAsync(HttpMethod.Post, "tasks", Body("todo"));
            _series = created.Body.GetProperty("id").GetGuid();
        }

        public async Task CompleteUntilKilledAsync()
        {
            while (true)
            {
                try
                {
                    var answer = await CompleteAsync(_open == First ? _series : Recurrence.IdOf(_series, _open));
                    if (!answer.IsSuccess)
                    {
                        tally.RecordLost($"{_open} was completed: {answer.Status} {answer.Code}");
                        return;
                    }

                    tally.RecordAcknowledged();
                    _open = _open.AddDays(1);
                }
                catch (OutcomeUnknownException)
                {
                    Unanswered++;
                    return;
                }
            }
        }

        public async Task CompareAsync()
        {
            var open = (await SendAsync(HttpMethod.Get, $"tasks?series={_series}&status=todo&status=inProgress"))
                .Body.Items()
                .Select(task => DateOnly.Parse(task.Text("occurrence")!, CultureInfo.InvariantCulture))
                .ToList();
            if (open is not [var date] || (date != _open && date != _open.AddDays(1)))
            {
                tally.RecordHalfDone($"{string.Join(", ", open)} are open, {_open} was");
                return;
            }

            Stored += date.DayNumber - _open.DayNumber;
            _open = date;
            var done = 0;
            for (var from = First; from < _open; from = from.AddDays(366))
            {
                var path = $"tasks/series/{_series}?from={from:yyyy-MM-dd}&to={from.AddDays(365):yyyy-MM-dd}";
                done += (await SendAsync(HttpMethod.Get, path)).Body.GetProperty("done").GetInt32();
            }

            if (done != _open.DayNumber - First.DayNumber)
            {
                tally.RecordLost($"{done} are done before {_open}");
            }
        }

        private Task<Answer> CompleteAsync(Guid id)
        {
            var done = new { status = "done" };
            var operations = new[]
            {
                new
                {
                    op = "patch",
                    id,
                    task = done,
                },
            };
            return random.Next(4) switch
            {
                0 => SendAsync(HttpMethod.Put, $"tasks/{id}", Body("done")),
                1 => SendAsync(HttpMethod.Post, "tasks/batch", new { atomic = false, operations }),
                2 => SendAsync(HttpMethod.Post, "tasks/batch", new { atomic = true, operations }),
                _ => SendAsync(HttpMethod.Patch, $"tasks/{id}", done),
            };
        }

        private Dictionary<string, object> Body(string status) =>
            new()
            {
                ["title"] = "Stretch",
                ["status"] = status,
                ["due"] = new { date = $"{_open:yyyy-MM-dd}" },
                ["recurrence"] = new { rule = "FREQ=DAILY" },
            };

        private Task<Answer> SendAsync(HttpMethod method, string path, object? body = null) =>
            caller.SendAsync(method, path, _account.AccessToken, body);
    }
}
