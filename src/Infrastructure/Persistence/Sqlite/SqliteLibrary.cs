using SQLitePCL;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>Settings of SQLite for the whole process. They only have an effect before the first connection is opened.</summary>
internal static class SqliteLibrary
{
    public static void Configure()
    {
        Batteries_V2.Init();
        // Each connection has one user at a time. Otherwise SQLite takes a lock for each value that is read (sqlite.org/threadsafe.html).
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        // Nothing reads the statistics of SQLite's memory, which all threads count under one lock.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }
}
