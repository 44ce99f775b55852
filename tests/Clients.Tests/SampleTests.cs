using System.Diagnostics;

namespace Fitnessify.Clients.Tests;

public sealed class SampleTests
{
    // This is for a program that hangs; no other takes that long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Test]
    public async Task The_sample_registers_signs_in_adds_a_task_and_follows_the_stream()
    {
        var server = SharedServer.Instance;
        var start = Programs.Start(Path.Combine("clients", "csharp", "sample"), "Fitnessify.Sample", server.Address);
        using var sample = Process.Start(start)!;
        await TypeAsync(sample, "Username?", Server.NewName());
        await TypeAsync(sample, "Password?", Server.Password);
        await TypeAsync(sample, "Type a task, or a task @ a time", "Pay rent @ 2020-01-01T18:00:00Z");
        Assert.That(
            await TypeAsync(sample, "Overdue: Pay rent", null),
            Does.Contain("Added: Pay rent, due 2020-01-01 18:00:00Z")
        );
        sample.StandardInput.Close();
        await sample.WaitForExitAsync().WaitAsync(Timeout);
        Assert.That(sample.ExitCode, Is.Zero, await sample.StandardError.ReadToEndAsync());
    }

    // Enters the line once the words have been printed, and returns what was printed until then.
    private static async Task<string> TypeAsync(Process program, string after, string? line)
    {
        var printed = new List<string>();
        do
        {
            printed.Add(
                await program.StandardOutput.ReadLineAsync().WaitAsync(Timeout)
                    ?? throw new InvalidOperationException(await program.StandardError.ReadToEndAsync())
            );
        } while (!printed[^1].StartsWith(after, StringComparison.Ordinal));

        if (line is not null)
        {
            await program.StandardInput.WriteLineAsync(line);
        }

        return string.Join('\n', printed);
    }
}
