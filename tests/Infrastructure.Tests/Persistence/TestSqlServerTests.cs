using System.Net;
using System.Net.Sockets;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class TestSqlServerTests
{
    [Test]
    public void Without_a_connection_string_no_server_is_used() =>
        Assert.That(() => TestSqlServer.Check(null), Throws.Nothing);

    [Test]
    public void An_unreachable_connection_string_fails_before_any_test_and_names_the_variable()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();

        Assert.That(
            () => TestSqlServer.Check($"Server=127.0.0.1,{port};User ID=sa;Password=Planted-1"),
            Throws
                .InvalidOperationException.With.Message.StartsWith("FITNESSIFY_TEST_SQLSERVER: there is no SQL Server.")
                .And.Message.Not.Contains("Planted")
                .And.Message.Not.Contains("\n")
        );
    }
}
