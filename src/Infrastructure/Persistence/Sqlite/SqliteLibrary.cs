using SQLitePCL;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>Settings of SQLite for the whole process. They only have an effect before the first connection is opened.</summary>
internal static class SqliteLibrary
{
    // This is SQLITE_CONFIG_STMTJRNL_SPILL.
    private const int KeepSavepointsInMemory = 26;

    // A created task changes some 17 pages of 4 KiB, and what a savepoint could restore of them would be more than 64 KiB, which is the
    // default, so that each group of writers would create a temporary file. SQLite writes the file in parts of less than 128 KiB.
    private const int SavepointBytes = 120 * 1024;

    public static void Configure()
    {
        Batteries_V2.Init();
        // Each connection has one user at a time. Otherwise SQLite takes a lock for each value that is read (sqlite.org/threadsafe.html).
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        // Nothing reads the statistics of SQLite's memory, which all threads count under one lock.
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        raw.sqlite3_config(KeepSavepointsInMemory, SavepointBytes);
    }
}
