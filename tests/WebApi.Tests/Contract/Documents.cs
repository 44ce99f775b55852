namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>The files below <c>docs</c>, found from the folder of the tests.</summary>
internal static class Documents
{
    public static readonly string Folder = Path.Combine(FindRoot(), "docs");

    /// <summary>Reads a file with the line endings of this machine.</summary>
    public static async Task<string> ReadAsync(string name) =>
        (await File.ReadAllTextAsync(Path.Combine(Folder, name))).ReplaceLineEndings();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Fitnessify.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
