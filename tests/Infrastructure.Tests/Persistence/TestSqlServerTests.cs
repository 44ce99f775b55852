using System.Net;
using System.Net.Sockets;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class TestSqlServerTests
{
    [Test]
    public void Without_a_connection_string_nothing_is_looked_for() =>
        Assert.That(() => TestSqlServer.Check(null), Throws.Nothing);

    [Test]
    public void A_connection_string_that_points_nowhere_fails_before_any_test_and_says_which_variable_it_is()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();

        Assert.That(
            () => TestSqlServer.Check($"Server=127.0.0.1,{port};User ID=sa;Password=Planted-1"),
            Throws
                .InvalidOperationException.With.Message.StartsWith("FITNESSIFY_TEST_SQLSERVER: there is no SQL Server.")
                .And.Message.Not.Contains("Planted")
                .And.Message.Not.Contains("\n")
        );
    }
}
