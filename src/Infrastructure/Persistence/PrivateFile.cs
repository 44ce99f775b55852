namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Files that hold what people trust the server with: only its own user may read them.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Opens it, and makes it where it is missing. An empty file is an empty database to SQLite.</summary>
    /// <exception cref="IOException">It is there already and the mode is to make a new one, or it cannot be made.</exception>
    public static FileStream Open(string file, FileMode mode, FileShare share = FileShare.Read)
    {
        var create = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = Owner;
        }

        return new FileStream(file, create);
    }

    /// <summary>Makes the folder where it is missing; one that is there stays as it is.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Whether it is there, and others than its owner may do something with it.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && Path.Exists(path) && (File.GetUnixFileMode(path) & Others) != 0;
}
