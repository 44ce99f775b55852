using System.Globalization;

namespace Fitnessify.Chaos;

/// <summary>This program injects faults into its own servers and reports whether they kept their guarantees.</summary>
internal static class Harness
{
    private const string Usage =
        "Use: kills <number> [--seed <number>] | series <kills> [--seed <number>] | soak <minutes> [--seed <number>] | storm | reminders <servers>";

    public static async Task<int> Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var seed = args is [_, _, "--seed", var given] ? Number(given) : Random.Shared.Next();
        Console.WriteLine($"Seed {seed}.");
        ServerProcess.RunsForSeconds = false;
        try
        {
            TestSqlServer.Check();
        }
        catch (InvalidOperationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        switch (args)
        {
            case ["kills", var number, ..]:
            {
                using var kills = new Kills(Number(number), seed);
                return await kills.RunAsync();
            }

            case ["series", var number, ..]:
            {
                using var series = new Series(Number(number), seed);
                return await series.RunAsync();
            }

            case ["soak", var number, ..]:
            {
                using var soak = new Soak(Number(number), seed);
                return await soak.RunAsync();
            }

            case ["storm", ..]:
            {
                using var storm = new Storm();
                return await storm.RunAsync();
            }

            case ["reminders", var number, ..]:
            {
                using var reminders = new Reminders(Number(number));
                return await reminders.RunAsync();
            }

            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
