using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Client;

/// <summary>
/// This store keeps the tokens in an encrypted file. A protector of ASP.NET Core Data Protection fits as it is:
/// <c>new FileTokenStore(path, protector.Protect, protector.Unprotect)</c>.
/// </summary>
/// <remarks>
/// A new file replaces the former one in one step, so that a crash leaves one of the two. On Unix, only the owner can read it, except
/// with .NET Standard, which cannot set this. Several processes can share the file.
/// </remarks>
public sealed class FileTokenStore : ITokenStore
{
    private readonly string _path;
    private readonly Func<byte[], byte[]> _protect;
    private readonly Func<byte[], byte[]> _unprotect;

    /// <summary>Creates a store over a file, which need not exist; neither need its folder.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="protect">Encrypts the tokens.</param>
    /// <param name="unprotect">
    /// Decrypts what <paramref name="protect"/> returned, and throws a <see cref="CryptographicException"/> for anything else.
    /// </param>
    public FileTokenStore(string path, Func<byte[], byte[]> protect, Func<byte[], byte[]> unprotect) =>
        (_path, _protect, _unprotect) = (Path.GetFullPath(path), protect, unprotect);

    /// <summary>Returns the tokens, or null if there are none or if the file is damaged or of another app.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Task<TokensDto?> GetAsync(CancellationToken cancellationToken = default) =>
        Task.Run(Read, cancellationToken);

    /// <summary>Replaces the stored tokens. They are on the disk when the method completes.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public Task SetAsync(TokensDto tokens, CancellationToken cancellationToken = default) =>
        Task.Run(() => Write(_protect(Encoding.UTF8.GetBytes(ApiJson.Write(tokens).GetRawText()))), cancellationToken);

    /// <summary>Deletes the stored tokens.</summary>
    /// <exception cref="IOException">The file cannot be deleted.</exception>
    public Task ClearAsync(CancellationToken cancellationToken = default) =>
        Task.Run(
            () =>
            {
                if (File.Exists(_path))
                {
                    File.Delete(_path);
                }
            },
            cancellationToken
        );

    private TokensDto? Read()
    {
        try
        {
            // Another process can replace the file meanwhile.
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            return DelegateTokenStore.Parse(_unprotect(content.ToArray()));
        }
        catch (Exception failure)
            when (failure
                    is FileNotFoundException
                        or DirectoryNotFoundException
                        or CryptographicException
                        or FormatException
                        or ArgumentException
            )
        {
            return null;
        }
    }

    private void Write(byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        // The name is unique, because two processes may write at once.
        var copy = $"{_path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = Create(copy))
            {
                file.Write(content, 0, content.Length);
                file.Flush(flushToDisk: true);
            }

            Replace(copy);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
    }

#if NET
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private void Replace(string copy) => File.Move(copy, _path, overwrite: true);
#else
    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write);

    private void Replace(string copy)
    {
        if (File.Exists(_path))
        {
            File.Replace(copy, _path, null);
        }
        else
        {
            File.Move(copy, _path);
        }
    }
#endif
}
