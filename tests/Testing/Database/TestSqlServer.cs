using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Fitnessify.Testing;

/// <summary>The SQL Server that a variable of the environment names, and the databases of tests on it.</summary>
internal static class TestSqlServer
{
    /// <summary>Holds a connection string of somebody who may make databases; without it, tests use SQLite.</summary>
    public const string Variable = "FITNESSIFY_TEST_SQLSERVER";

    // For a server that speaks SQL Server's protocol and knows no MERGE, which EF Core makes of several rows.
    private const string SingleRowsVariable = "FITNESSIFY_TEST_SQLSERVER_SINGLE_ROWS";

    private const int TimeoutSeconds = 5;

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

    /// <summary>Has EF Core write each row by a statement of its own, where the tests are told so.</summary>
    public static void Configure(DbContextOptionsBuilder builder)
    {
        if (Environment.GetEnvironmentVariable(SingleRowsVariable) == "1")
        {
            new SqlServerDbContextOptionsBuilder(builder).MaxBatchSize(1);
        }
    }

    /// <summary>Where a database may be made.</summary>
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
