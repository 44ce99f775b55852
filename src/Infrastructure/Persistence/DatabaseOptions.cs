namespace Fitnessify.Infrastructure.Persistence;

/// <summary>The databases that are supported.</summary>
public enum DatabaseProvider
{
    /// <summary>One file, one machine, nothing to install.</summary>
    Sqlite,

    /// <summary>SQL Server 2022 or Azure SQL, for several instances.</summary>
    SqlServer,
}

/// <summary>How sure a commit is on SQLite.</summary>
public enum SqliteSynchronous
{
    /// <summary>Each commit is flushed to the disk: it survives a loss of power.</summary>
    Full,

    /// <summary>Not flushed: it survives a killed process, but the last commits may miss a loss of power.</summary>
    Normal,
}

/// <summary>Section <c>Database</c>: which one, and how it is used.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The kind of database.</summary>
    public DatabaseProvider Provider { get; init; }

    /// <summary>How sure a commit is, on SQLite.</summary>
    public SqliteSynchronous SqliteSynchronous { get; init; }

    /// <summary>Whether pending migrations run at start. When not, they stop it.</summary>
    /// <value>true on SQLite and in Development</value>
    public bool? MigrateOnStart { get; init; }
}
