using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Benchmarks;

/// <summary>
/// Measures how long a sign-in takes that merges a guest with so many tasks, against one that merges none. Every other write waits
/// for most of the difference. A guest has at most 500 tasks; completed ones that repeat may add more.
/// </summary>
internal static class GuestMerges
{
    private const int Rounds = 5;
    private const string Password = "correct horse battery staple";
    private static readonly int[] Sizes = [0, 10, 500, 5_000, 19_000];

    public static async Task MeasureAsync()
    {
        using var server = await Server.StartAsync();
        await Console.Out.WriteLineAsync("| tasks of the guest | sign-in, ms (median of 5) | slowest, ms |");
        await Console.Out.WriteLineAsync("|---:|---:|---:|");
        // The first sign-ins compile what they run through.
        await SignInAsync(server, 10);
        foreach (var size in Sizes)
        {
            var times = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                times.Add(await SignInAsync(server, size));
            }

            times.Sort();
            await Console.Out.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"| {size} | {times[Rounds / 2]:F0} | {times[^1]:F0} |")
            );
        }
    }

    private static async Task<double> SignInAsync(Server server, int tasks)
    {
        var name = $"u{Guid.NewGuid():N}"[..20];
        await server.SendAsync(
            "auth/register",
            new
            {
                username = name,
                email = $"{name}@example.org",
                password = Password,
            }
        );
        var guest = await server.SendAsync("auth/guest", new { key = Guid.NewGuid() });
        if (tasks > 0)
        {
            await FillAsync(server, guest.GetProperty("accessToken").GetString()!, tasks);
        }

        var since = Stopwatch.GetTimestamp();
        var tokens = await server.SendAsync(
            "auth/login",
            new
            {
                login = name,
                password = Password,
                guestToken = guest.GetProperty("refreshToken").GetString(),
            }
        );
        var elapsed = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        return tokens.GetProperty("guestMerged").GetBoolean()
            ? elapsed
            : throw new InvalidOperationException("The sign-in has merged nothing.");
    }

    // One task over HTTP, and copies of its row.
    private static async Task FillAsync(Server server, string accessToken, int tasks)
    {
        using var client = server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        using var answer = await client.PostAsJsonAsync(
            "api/v1/tasks",
            new
            {
                title = "Run around the lake",
                description = "Two rounds if the weather is good",
                labels = new[] { "sport" },
                due = new { date = "2036-12-01", time = "07:00" },
                reminders = new[] { 30, 0 },
            }
        );
        answer.EnsureSuccessStatusCode();
        var task = await answer.Content.ReadFromJsonAsync<JsonElement>();
        await using var connection = new SqliteConnection($"Data Source={server.DatabaseFile};Pooling=False");
        await connection.OpenAsync();
        var columns = ColumnsOf(connection);
        await using var copy = connection.CreateCommand();
        copy.CommandText = $"""
            WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < $count)
            INSERT INTO Tasks ({columns}, Id, Version, CreatedVersion, PositionKey)
            SELECT {columns}, upper(substr(Id, 1, 24) || hex(randomblob(6))), n, n, Position || ' ' || n
            FROM Tasks, numbers WHERE Id = $id;
            UPDATE ChangeCounters SET Value = $count, TaskCount = $count
            WHERE OwnerId = (SELECT OwnerId FROM Tasks WHERE Id = $id);
            """;
        copy.Parameters.AddWithValue("$count", tasks);
        copy.Parameters.AddWithValue("$id", task.GetProperty("id").GetGuid());
        await copy.ExecuteNonQueryAsync();
    }

    private static string ColumnsOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT group_concat(name) FROM pragma_table_info('Tasks') WHERE name NOT IN ('Id', 'Version', 'CreatedVersion', 'PositionKey')";
        return (string)command.ExecuteScalar()!;
    }
}
