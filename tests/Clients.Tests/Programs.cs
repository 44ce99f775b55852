using System.Diagnostics;
using System.Reflection;

namespace Fitnessify.Clients.Tests;

/// <summary>Starts built programs.</summary>
internal static class Programs
{
    /// <summary>Gets the folder of the solution.</summary>
    public static readonly string Root = Metadata("Root");

    /// <param name="project">The folder of the project, from the root.</param>
    /// <param name="assembly">The name of the assembly.</param>
    /// <param name="arguments">The arguments of the program.</param>
    public static ProcessStartInfo Start(string project, string assembly, params string[] arguments)
    {
        var output = Metadata("Output").Replace('\\', Path.DirectorySeparatorChar);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(Root, project, output, $"{assembly}.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static string Metadata(string key) =>
        typeof(Programs)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == key)
            .Value!;
}
