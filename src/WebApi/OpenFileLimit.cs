using System.Globalization;

namespace Fitnessify.WebApi;

internal static class OpenFileLimit
{
    private const string LimitsFile = "/proc/self/limits";
    private const string LinePrefix = "Max open files";

    // Libraries, the database and mail also need descriptors.
    private const int ReservedDescriptors = 512;

    /// <summary>
    /// A connection over the limit is refused, because the runtime ends the process when no descriptor is left. The limit is
    /// null where it is unknown.
    /// </summary>
    public static long? MaxConnections =>
        File.Exists(LimitsFile)
        && File.ReadLines(LimitsFile).FirstOrDefault(line => line.StartsWith(LinePrefix, StringComparison.Ordinal))
            is { } line
            ? MaxConnectionsOf(line)
            : null;

    internal static long? MaxConnectionsOf(string line) =>
        long.TryParse(
            line[LinePrefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var files
        )
            ? Math.Max(files - ReservedDescriptors, files / 8)
            : null;
}
