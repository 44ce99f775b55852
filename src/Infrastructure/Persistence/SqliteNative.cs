using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Which SQLite runs: the system's, newer and patched, or else the one that comes with the package.</summary>
internal static class SqliteNative
{
    private static readonly string[] SystemLibraries =
        OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib"]
        : OperatingSystem.IsWindows() ? ["winsqlite3.dll"]
        : ["libsqlite3.so.0"];

    /// <summary>The library in use and its version, for the log.</summary>
    public static string Description => $"{Source} {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}";

    private static string Source { get; set; } = "bundled";

    // A stand-in for a binding redirect: EF Core 10 is compiled against SQLitePCLRaw 2.1, the newest that restores is
    // 2.0.6, and .NET refuses to bind to an older version than asked for. Delete the handler, and the pins in
    // Directory.Packages.props, once SQLitePCLRaw 2.1.13 can be restored.
#pragma warning disable CA2255 // It has to run before the first use of SQLite, wherever that is.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Initialize()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name is { Name: "SQLitePCLRaw.core", Version: not null }
                ? context.LoadFromAssemblyName(new AssemblyName(name.Name))
                : null;
        UseSystemLibrary();
    }

    private static void UseSystemLibrary()
    {
        // The bundled 3.35.5 is built without usleep: wherever SQLite means microseconds, it sleeps whole seconds.
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.Batteries_V2.Init();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != "e_sqlite3")
        {
            return 0;
        }

        foreach (var library in SystemLibraries)
        {
            if (NativeLibrary.TryLoad(library, out var handle))
            {
                Source = library;
                return handle;
            }
        }

        return 0;
    }
}
