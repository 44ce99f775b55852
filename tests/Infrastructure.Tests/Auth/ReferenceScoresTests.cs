using System.Diagnostics;
using System.Runtime.CompilerServices;
using Fitnessify.Application.Accounts;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Telemetry;

namespace Fitnessify.Infrastructure.Tests.Auth;

/// <summary>Compares scores with the reference implementation of zxcvbn, an npm package.</summary>
[Explicit("Needs Node.js, and `npm ci` in tests/Infrastructure.Tests/Auth/zxcvbn.")]
public sealed class ReferenceScoresTests
{
    private const int AcceptedScore = 3;

    [Test]
    public async Task No_password_is_accepted_that_the_reference_implementation_scores_below_2()
    {
        using var gate = new HashingGate(
            new AccountOptions { HashingConcurrency = 1 },
            new ServerMetrics(TimeProvider.System),
            TimeProvider.System
        );
        using var strength = new PasswordStrength(gate);
        var table = new int[5, 5];
        List<string> accepted = [];
        foreach (var (reference, password) in await ReferenceAsync())
        {
            var score = (await strength.EstimateAsync(password, [], default)).Value!.Score;
            table[reference, score]++;
            if (reference < 2 && score >= AcceptedScore)
            {
                accepted.Add(password);
            }
        }

        await PrintAsync(table);
        Assert.That(table.Cast<int>().Sum(), Is.EqualTo(10_000));
        Assert.That(accepted, Is.Empty);
    }

    private static async Task PrintAsync(int[,] table)
    {
        await TestContext.Out.WriteLineAsync("reference: ours 0 to 4");
        for (var reference = 0; reference < 5; reference++)
        {
            var row = Enumerable.Range(0, 5).Select(score => $"{table[reference, score], 6}");
            await TestContext.Out.WriteLineAsync($"{reference}: {string.Concat(row)}");
        }
    }

    private static async Task<List<(int Score, string Password)>> ReferenceAsync([CallerFilePath] string file = "")
    {
        using var node = Process.Start(
            new ProcessStartInfo("node", "scores.mjs")
            {
                WorkingDirectory = Path.Combine(Path.GetDirectoryName(file)!, "zxcvbn"),
                RedirectStandardOutput = true,
            }
        )!;
        List<(int, string)> scores = [];
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            scores.Add((line[0] - '0', line[2..]));
        }

        await node.WaitForExitAsync();
        Assert.That(node.ExitCode, Is.Zero);
        return scores;
    }
}
