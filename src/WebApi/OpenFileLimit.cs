using System.Globalization;

namespace Fitnessify.WebApi;

internal static class OpenFileLimit
{
    private const string Limits = "/proc/self/limits";
    private const string Line = "Max open files";

    // Libraries, the database and mail also need descriptors.
    private const int Reserved = 512;

    /// <summary>
    /// A connection over the limit is refused, because the runtime ends the process when no descriptor is left. The limit is
    /// null where it is unknown.
    /// </summary>
    public static long? MaxConnections =>
        File.Exists(Limits)
        && File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) is { } line
            ? MaxConnectionsOf(line)
            : null;

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
