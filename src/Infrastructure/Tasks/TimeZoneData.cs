using System.Globalization;
using System.Text.RegularExpressions;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>The data of time zones (IANA) that this process uses.</summary>
internal sealed partial class TimeZoneData
{
    // .NET reads its time zones from there, too.
    private const string DirectoryVariable = "TZDIR";
    private const string DefaultDirectory = "/usr/share/zoneinfo";

    /// <summary>Whether this process has compared the version with the one in the database.</summary>
    public bool IsCompared { get; set; }

    /// <summary>
    /// Returns the version, such as 2026a, as a number that grows with it; null where the system does not tell it, as on
    /// Windows.
    /// </summary>
    public static long? ReadVersion()
    {
        var directory = Environment.GetEnvironmentVariable(DirectoryVariable);
        var file = Path.Combine(string.IsNullOrEmpty(directory) ? DefaultDirectory : directory, "tzdata.zi");
        return File.Exists(file) ? ParseVersion(File.ReadLines(file).FirstOrDefault() ?? "") : null;
    }

    /// <summary>Returns the version in the first line of the file tzdata.zi.</summary>
    internal static long? ParseVersion(string line)
    {
        var match = Version().Match(line);
        return match.Success
            ? (long.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture) * 100)
                + (match.Groups["letter"].ValueSpan[0] - 'a')
            : null;
    }

    [GeneratedRegex(@"\A# version (?<year>[0-9]{4})(?<letter>[a-z])")]
    private static partial Regex Version();
}
