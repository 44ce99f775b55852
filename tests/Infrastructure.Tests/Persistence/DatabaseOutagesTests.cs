using System.Net;
using System.Net.Sockets;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class DatabaseOutagesTests
{
    private static readonly TestCaseData<Exception, bool>[] Exceptions =
    [
        new(Sqlite(5), true) { TestName = "{m}(SQLite is busy)" },
        new(Sqlite(6), true) { TestName = "{m}(SQLite's table is locked)" },
        new(Sqlite(8), true) { TestName = "{m}(SQLite's file is read-only)" },
        new(Sqlite(10), true) { TestName = "{m}(SQLite cannot read or write)" },
        new(Sqlite(13), true) { TestName = "{m}(SQLite's disk is full)" },
        new(Sqlite(14), true) { TestName = "{m}(SQLite cannot open the file)" },
        new(Sqlite(15), true) { TestName = "{m}(SQLite's locks do not work)" },
        new(Sqlite(1), false) { TestName = "{m}(SQLite does not understand the statement)" },
        new(Sqlite(19), false) { TestName = "{m}(SQLite refuses the value)" },
        new(new DbUpdateException("", Sqlite(5)), true) { TestName = "{m}(wrapped by a save)" },
        new(new InvalidOperationException("", new DbUpdateException("", Sqlite(13))), true)
        {
            TestName = "{m}(twice wrapped)",
        },
        new(new DbUpdateException("", Sqlite(19)), false) { TestName = "{m}(a refused value, wrapped by a save)" },
        new(new RetryLimitExceededException("", new InvalidOperationException()), true)
        {
            TestName = "{m}(all retries failed)",
        },
        new(new TimeoutException(), true) { TestName = "{m}(too slow)" },
        new(new InvalidOperationException(), false) { TestName = "{m}(a bug)" },
    ];

    [TestCaseSource(nameof(Exceptions))]
    public void Outages_are_distinguished_from_bugs(Exception exception, bool outage) =>
        Assert.That(new DatabaseOutages().IsOutage(exception), Is.EqualTo(outage));

    [Test]
    public void An_unreachable_SQL_Server_is_an_outage()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var connection = new SqlConnection(
            $"Server=127.0.0.1,{port};User ID=sa;Password=none;Connect Timeout=1;ConnectRetryCount=0"
        );

        var failure = Assert.Catch<SqlException>(connection.Open);

        Assert.That(new DatabaseOutages().IsOutage(failure!), Is.True);
    }

    private static SqliteException Sqlite(int code) => new("", code);
}
