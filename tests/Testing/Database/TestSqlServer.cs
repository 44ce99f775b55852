using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Fitnessify.Testing;

/// <summary>The SQL Server in an environment variable, and the test databases on it.</summary>
internal static class TestSqlServer
{
    /// <summary>The variable contains a connection string with permission to create databases; without it, the tests use SQLite.</summary>
    public const string Variable = "FITNESSIFY_TEST_SQLSERVER";

    // Some servers speak SQL Server's protocol without MERGE, which EF Core uses for several rows.
    private const string SingleRowsVariable = "FITNESSIFY_TEST_SQLSERVER_SINGLE_ROWS";

    private const int TimeoutSeconds = 5;

    /// <summary>Gets the connection string, or null for SQLite.</summary>
    public static string? ConnectionString { get; } =
        Environment.GetEnvironmentVariable(Variable) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Fails at once when there is no SQL Server; otherwise each test would wait for it and fail differently.</summary>
    public static void Check() => Check(ConnectionString);

    /// <exception cref="InvalidOperationException">The server is not available.</exception>
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
            // The cause is left out, because NUnit would print it in twenty lines.
            throw new InvalidOperationException(
                $"{Variable}: there is no SQL Server. {exception.Message.ReplaceLineEndings(" ")}"
            );
        }
    }

    /// <summary>Makes EF Core write each row with a separate statement, if the tests are configured so.</summary>
    public static void Configure(DbContextOptionsBuilder builder)
    {
        if (Environment.GetEnvironmentVariable(SingleRowsVariable) == "1")
        {
            new SqlServerDbContextOptionsBuilder(builder).MaxBatchSize(1);
        }
    }

    /// <summary>Returns the connection string of a database that may be created.</summary>
    public static string NewDatabase() =>
        new SqlConnectionStringBuilder(ConnectionString)
        {
            InitialCatalog = $"Fitnessify_Test_{Guid.NewGuid():N}",
        }.ToString();

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
        // A killed process may still be connected.
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
                ConnectTimeout = TimeoutSeconds,
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
