using System.Data.Common;
using System.Text;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Fitnessify.WebApi.Http.Observability;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serilog.Core;

namespace Fitnessify.WebApi.Tests.Operations;

/// <summary>
/// The cost of the busiest routes, in terms that do not depend on the clock: commands to the database, and bytes of memory
/// that server and client together allocate for one request. A bound is the measured value and some margin; lower it with the cost.
/// </summary>
[NonParallelizable]
public sealed class RequestCostTests
{
    private const int Warm = 100;
    private const int RequestsPerRound = 60;
    private const int Rounds = 3;
    private const int MaxRounds = 30 * Rounds;
    private const string Body = """{"title":"Run","description":"Before breakfast","priority":"high"}""";

    private const string FloatingBody = """
        {"title":"Run","description":"Before breakfast","priority":"high","due":{"date":"2040-01-01","time":"18:00"},"reminders":[10,60]}
        """;

    // All cases have one server, on which the code that they share is compiled once.
    private static Api Server { get; set; } = null!;

    private static readonly CommandCounter Commands = new();
    private int _sent;
    private (Guid Series, DateOnly Date) _repeating;

    [OneTimeSetUp]
    public static void Start() =>
        Server = Api.Start(
            new() { [$"Serilog:MinimumLevel:Override:{RequestLog.Category}"] = "Information" },
            services =>
                services
                    .RemoveAll<ILogEventSink>()
                    .ConfigureDbContext<SqliteDbContext>(context => context.AddInterceptors(Commands))
                    .ConfigureDbContext<SqlServerDbContext>(context => context.AddInterceptors(Commands))
        );

    [OneTimeTearDown]
    public static async Task Stop() => await Server.DisposeAsync();

    [TestCase("read one", 1, 36_000)]
    [TestCase("list 50", 1, 155_000)]
    [TestCase("create", 2, 78_000)]
    [TestCase("create with a floating due", 2, 86_000)]
    [TestCase("update", 3, 86_000)]
    [TestCase("update of a floating due", 3, 91_000)]
    [TestCase("update of a repeating task", 3, 91_000)]
    // At most 1.5 times the update of it.
    [TestCase("completion of a repeating task", 4, 152_000)]
    [TestCase("change of the time zone", 7, 230_000)]
    [TestCase("refresh", 2, 97_000)]
    [TestCase("sync", 2, 190_000)]
    public async Task A_request_stays_within_its_budget(string route, int commands, int bytes)
    {
        var client = await Server.SignedInAsync();
        var task = await client.CreatedAsync(Body);
        var repeating = await client.CreatedAsync(TaskCalls.Repeating);
        _repeating = (repeating.GetProperty("id").GetGuid(), new DateOnly(2040, 1, 1));
        var operations = string.Join(',', Enumerable.Repeat($$"""{"op":"create","task":{{Body}}}""", 100));
        using var created = await client.PostRawAsync(TaskCalls.Batch, $$"""{"operations":[{{operations}}]}""");
        Assert.That((int)created.StatusCode, Is.EqualTo(200));
        for (var i = 0; i < Warm; i++)
        {
            await SendAsync(client, route, task.Path());
        }

        var (fewest, allocated) = (int.MaxValue, long.MaxValue);
        // The minimum of some rounds counts, because the runtime's threads and the server's jobs allocate and run commands now and then. On
        // a busy machine it takes more of them until the runtime has compiled everything for good.
        for (
            var round = 0;
            round < Rounds || (round < MaxRounds && (allocated >= bytes || fewest > commands * RequestsPerRound));
            round++
        )
        {
            Commands.Count = 0;
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < RequestsPerRound; i++)
            {
                await SendAsync(client, route, task.Path());
            }

            fewest = Math.Min(fewest, Commands.Count);
            allocated = Math.Min(allocated, (GC.GetTotalAllocatedBytes(precise: true) - before) / RequestsPerRound);
        }

        await TestContext.Out.WriteLineAsync(
            $"{route}: {fewest} commands for {RequestsPerRound}, {allocated} bytes each"
        );
        Assert.That(fewest, Is.EqualTo(commands * RequestsPerRound));
        // The allocations of the SQL Server client are not checked.
        if (TestDatabase.Provider == DatabaseProvider.Sqlite)
        {
            Assert.That(allocated, Is.LessThan(bytes));
        }
    }

    private async Task SendAsync(ApiClient client, string route, string path)
    {
        _sent++;
        using var response = await (
            route switch
            {
                "read one" => client.GetAsync(path),
                "list 50" => client.GetAsync($"{TaskCalls.Tasks}?limit=50"),
                "create" => client.PostRawAsync(TaskCalls.Tasks, Body),
                "create with a floating due" => client.PostRawAsync(TaskCalls.Tasks, FloatingBody),
                "update" => PatchAsync(client, path, $$"""{"title":"{{Guid.NewGuid()}}"}"""),
                "update of a floating due" => PatchAsync(
                    client,
                    path,
                    $$"""{"due":{"date":"2040-01-01","time":"18:{{_sent % 60:00}}"},"reminders":[10,60]}"""
                ),
                "update of a repeating task" => PatchAsync(
                    client,
                    $"{TaskCalls.Tasks}/{_repeating.Series}",
                    $$"""{"title":"{{Guid.NewGuid()}}"}"""
                ),
                "completion of a repeating task" => PatchAsync(client, NextOccurrence(), """{"status":"done"}"""),
                "change of the time zone" => PatchAsync(
                    client,
                    ApiClient.Me,
                    $$"""{"timeZone":"{{(_sent % 2 == 0 ? "Europe/Berlin" : "Asia/Tokyo")}}"}"""
                ),
                "refresh" => client.RefreshAsync(),
                _ => client.GetAsync($"{TaskCalls.Changes}?limit=50"),
            }
        );
        Assert.That((int)response.StatusCode, Is.InRange(200, 201), route);
        if (route == "refresh")
        {
            await client.KeepAsync(response);
        }
    }

    // The first one has the id of the series.
    private string NextOccurrence()
    {
        var (series, date) = _repeating;
        _repeating = (series, date.AddDays(1));
        return $"{TaskCalls.Tasks}/{(date.Year == 2040 && date.DayOfYear == 1 ? series : Recurrence.IdOf(series, date))}";
    }

    private static Task<HttpResponseMessage> PatchAsync(ApiClient client, string path, string body) =>
        client.SendRawAsync("PATCH", path, Encoding.UTF8.GetBytes(body), "application/json");

    private sealed class CommandCounter : DbCommandInterceptor
    {
        private int _count;

        public int Count
        {
            get => Volatile.Read(ref _count);
            set => Volatile.Write(ref _count, value);
        }

        public override DbCommand CommandCreated(CommandEndEventData eventData, DbCommand result)
        {
            Interlocked.Increment(ref _count);
            return result;
        }
    }
}
