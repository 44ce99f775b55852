using System.Collections.Concurrent;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Copying;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Testing;

/// <summary>The SQL Server that a variable of the environment names, and the databases of tests on it.</summary>
internal static class TestSqlServer
{
    /// <summary>Holds a connection string of somebody who may make databases; without it, tests use SQLite.</summary>
    public const string Variable = "FITNESSIFY_TEST_SQLSERVER";

    private const int PatienceSeconds = 5;

    // To make one takes seconds, to empty one does not.
    private static readonly ConcurrentBag<string> Empty = [];

    /// <summary>Null for SQLite.</summary>
    public static string? ConnectionString { get; } =
        Environment.GetEnvironmentVariable(Variable) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Says at once that there is no SQL Server: otherwise each test would wait for it, and fail in a way of its own.</summary>
    public static void Check() => Check(ConnectionString);

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static void Check(string? connectionString)
    {
        if (connectionString is null)
        {
            return;
        }

        try
        {
            using var master = Master(connectionString);
        }
        catch (SqlException exception)
        {
            // Without the cause, which NUnit would print in twenty lines.
            throw new InvalidOperationException(
                $"{Variable}: there is no SQL Server. {exception.Message.ReplaceLineEndings(" ")}"
            );
        }
    }

    /// <summary>Where a database may be made.</summary>
    public static string NewDatabase() =>
        new SqlConnectionStringBuilder(ConnectionString)
        {
            InitialCatalog = $"Fitnessify_Test_{Guid.NewGuid():N}",
        }.ToString();

    /// <summary>The same, or a database that is there already, and empty but for its tables.</summary>
    public static string TakeDatabase() => Empty.TryTake(out var connectionString) ? connectionString : NewDatabase();

    /// <summary>Empties a database that no server uses any more, for the next who wants one.</summary>
    public static async Task ReturnAsync(string connectionString)
    {
        await using var context = SqlServerDbContext.Open(connectionString);
        await context.Database.OpenConnectionAsync();
        foreach (var table in CopyTable.Of(context).Reverse().Where(table => table.Seeds == 0))
        {
            await table.ClearAsync(default);
        }

        await context.Sequences.ExecuteUpdateAsync(set => set.SetProperty(sequence => sequence.Value, 0));
        Empty.Add(connectionString);
    }

    /// <summary>Drops those that nobody has taken; at the end of a run.</summary>
    public static void DropEmpty()
    {
        while (Empty.TryTake(out var connectionString))
        {
            Drop(connectionString);
        }
    }

    /// <summary>Drops a database that no server uses any more.</summary>
    public static void Drop(string connectionString)
    {
        using (var connection = new SqlConnection(connectionString))
        {
            SqlConnection.ClearPool(connection);
        }

        var name = new SqlConnectionStringBuilder(connectionString).InitialCatalog;
        using var master = Master(connectionString);
        using var drop = master.CreateCommand();
        // Whoever was killed may still be signed in.
        drop.CommandText = $"""
            IF DB_ID(N'{name}') IS NOT NULL
            BEGIN
                ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
                DROP DATABASE [{name}];
            END
            """;
        drop.ExecuteNonQuery();
    }

    private static SqlConnection Master(string connectionString)
    {
        var master = new SqlConnection(
            new SqlConnectionStringBuilder(connectionString)
            {
                InitialCatalog = "master",
                ConnectTimeout = PatienceSeconds,
                ConnectRetryCount = 0,
                Pooling = false,
            }.ToString()
        );
        try
        {
            master.Open();
            return master;
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }
}
