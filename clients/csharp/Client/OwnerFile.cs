namespace Fitnessify.Client;

/// <summary>
/// Opens files that only their owner can read, unless they were there before. .NET Standard 2.0 has no API for it, so that the
/// permissions are those of new files there.
/// </summary>
internal static class OwnerFile
{
    public static FileStream Open(string path, FileMode mode, FileAccess access)
    {
#if NET
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#else
        return new FileStream(path, mode, access, FileShare.None);
#endif
    }
}
