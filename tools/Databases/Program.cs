using System.Data.Common;

namespace Fitnessify.Databases;

/// <summary>
/// This program provides test databases on SQL Server to scripts that are no .NET tests. "new" prints the settings with which a
/// server creates its own database, one environment variable a line; "drop" reads these variables and drops the database.
/// </summary>
internal static class Program
{
    private const string ConnectionString = "ConnectionStrings__Fitnessify";

    public static async Task<int> Main(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["new"] when TestSqlServer.ConnectionString is not null:
                    TestSqlServer.Check();
                    Console.WriteLine("Database__Provider=SqlServer");
                    Console.WriteLine("Database__MigrateOnStart=true");
                    Console.WriteLine($"{ConnectionString}={TestSqlServer.NewDatabase()}");
                    return 0;
                case ["drop"] when Environment.GetEnvironmentVariable(ConnectionString) is { } connectionString:
                    TestSqlServer.Drop(connectionString);
                    return 0;
                default:
                    await Console.Error.WriteLineAsync(
                        $"Use: new, with {TestSqlServer.Variable}, or drop, with {ConnectionString}."
                    );
                    return 2;
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
