using System.Diagnostics;
using System.Reflection;

namespace Fitnessify.Clients.Tests;

/// <summary>Starts built programs.</summary>
internal static class Programs
{
    /// <summary>Gets the folder of the solution.</summary>
    public static readonly string Root = Metadata("Root");

    /// <summary>Starts the server in the folder that FITNESSIFY_SERVER names, or else the built one.</summary>
    /// <param name="arguments">The arguments of the server.</param>
    public static ProcessStartInfo StartServer(params string[] arguments) =>
        Environment.GetEnvironmentVariable("FITNESSIFY_SERVER") is { } folder
            ? StartIn(folder, "Fitnessify.WebApi", arguments)
            : Start(Path.Combine("src", "WebApi"), "Fitnessify.WebApi", arguments);

    /// <param name="project">The folder of the project, from the root.</param>
    /// <param name="assembly">The name of the assembly.</param>
    /// <param name="arguments">The arguments of the program.</param>
    public static ProcessStartInfo Start(string project, string assembly, params string[] arguments) =>
        StartIn(
            Path.Combine(Root, project, Metadata("Output").Replace('\\', Path.DirectorySeparatorChar)),
            assembly,
            arguments
        );

    private static ProcessStartInfo StartIn(string folder, string assembly, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(folder, $"{assembly}.dll"));
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
