using Microsoft.Data.SqlClient;

namespace Fitnessify.Testing;

/// <summary>Whether there is a SQL Server where the tests are told that there is one.</summary>
internal static class SqlServerReach
{
    public const string Variable = "FITNESSIFY_TEST_SQLSERVER";

    /// <summary>Says so at once: otherwise each test would wait for it, and fail in a way of its own.</summary>
    public static void Check() => Check(Environment.GetEnvironmentVariable(Variable));

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static void Check(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return;
        }

        // The databases of the tests are still to be created.
        var master = new SqlConnectionStringBuilder(connectionString) { InitialCatalog = "master" };
        using var connection = new SqlConnection(master.ToString());
        try
        {
            connection.Open();
        }
        catch (SqlException exception)
        {
            throw new InvalidOperationException($"{Variable}: there is no SQL Server. {exception.Message}", exception);
        }
    }
}
