namespace Fitnessify.Infrastructure.Persistence;

/// <summary>A file that will hold what a database holds: only its owner may read it.</summary>
internal static class PrivateFile
{
    /// <summary>Makes it, empty, which SQLite takes for an empty database.</summary>
    /// <exception cref="IOException">It is there already and the mode is to make a new one, or it cannot be made.</exception>
    public static void Create(string file, FileMode mode)
    {
        var create = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(file, create).Dispose();
    }
}
