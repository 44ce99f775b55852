using System.Reflection;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Common;

namespace Fitnessify.Architecture.Tests.Support;

/// <summary>The compiled production code.</summary>
internal static class Code
{
    public static readonly Assembly Domain = typeof(Error).Assembly;
    public static readonly Assembly Application = typeof(Fitnessify.Application.DependencyInjection).Assembly;
    public static readonly Assembly Infrastructure = typeof(Fitnessify.Infrastructure.DependencyInjection).Assembly;
    public static readonly Assembly WebApi = typeof(Fitnessify.WebApi.DependencyInjection).Assembly;
    public static readonly Assembly[] All = [Domain, Application, Infrastructure, WebApi];

    /// <summary>Gets the types that somebody wrote, without closures, state machines and the output of dotnet-ef.</summary>
    public static IEnumerable<Type> Types(params Assembly[] assemblies) =>
        assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Namespace?.StartsWith("Fitnessify.", StringComparison.Ordinal) is true)
            .Where(type => !type.Namespace!.Contains(".Migrations", StringComparison.Ordinal))
            .Where(type => !type.Namespace!.Contains(".CompiledModels", StringComparison.Ordinal))
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal));
}

/// <summary>A file of the source tree.</summary>
/// <param name="Path">The path from the root of the repository, with slashes.</param>
/// <param name="Lines">The lines of the file.</param>
internal sealed record SourceFile(string Path, string[] Lines)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Gets the numbered lines without those that contain only a comment.</summary>
    public IEnumerable<(int Number, string Text)> CodeLines =>
        Lines
            .Select((text, index) => (Number: index + 1, Text: text))
            .Where(line => !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal));

    /// <summary>Returns the matches in the code, as <c>path:line: text</c>.</summary>
    public IEnumerable<string> Find(Regex pattern) =>
        CodeLines.Where(line => pattern.IsMatch(line.Text)).Select(line => $"{Path}:{line.Number}: {line.Text.Trim()}");
}

/// <summary>The source tree, found from the folder of the tests.</summary>
internal static class Source
{
    public static readonly string Root = FindRoot();

    /// <summary>Gets the production code without the output of dotnet-ef.</summary>
    public static readonly SourceFile[] Production =
    [
        .. Read("src")
            .Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(file => !file.Path.Contains("/CompiledModels/", StringComparison.Ordinal)),
    ];

    public static readonly SourceFile[] Tests = [.. Read("tests")];

    private static IEnumerable<SourceFile> Read(string folder) =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !relative.Split('/').Any(part => part is "bin" or "obj")
        select new SourceFile(relative, File.ReadAllLines(path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Fitnessify.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("There is no Fitnessify.sln above the tests.");
    }
}
