using System.Globalization;

namespace Fitnessify.WebApi;

/// <summary>How many files and connections the operating system lets the process have at a time.</summary>
internal static class OpenFileLimit
{
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    // What is open besides the clients' connections: libraries, the database, mails.
    private const int Reserved = 512;

    /// <summary>
    /// How many clients may be connected. One more is turned away: without any descriptor left the runtime gives up the whole
    /// process, and with it all who are connected. Null where no limit is known.
    /// </summary>
    public static long? MaxConnections =>
        File.Exists(Limits)
        && File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) is { } line
            ? MaxConnectionsOf(line)
            : null;

    /// <param name="line">Of the system: the name, then the limit in force, or that there is none.</param>
    internal static long? MaxConnectionsOf(string line) =>
        long.TryParse(
            line[Line.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var files
        )
            ? Math.Max(files - Reserved, files / 8)
            : null;
}
