using System.Net.Sockets;
using System.Text;
using Fitnessify.WebApi;

namespace Fitnessify.Cluster.Processes;

/// <summary>These failures affect the whole process.</summary>
public sealed class FaultTests
{
    // This is for a server that hangs; no other takes that long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly ServerData _data = new();

    [TearDown]
    public void CleanUp() => _data.Dispose();

    [Test]
    public async Task Pending_requests_are_completed_and_stored_when_the_server_stops()
    {
        const int count = 50;
        using var server = _data.Run([]);
        var client = await server.ListensAsync();
        await client.SignInAsync(await client.RegisteredAsync());
        var underWay = await Task.WhenAll(
            Enumerable
                .Range(0, count)
                .Select(i => HeldCreate.BeginAsync(server.Address, client.AccessToken, $"Task-{i}"))
        );

        server.RequestTermination();
        while (await IsListeningAsync(server.Address))
        {
            // The server accepts no new connections before it ends.
        }

        var responses = await Task.WhenAll(underWay.Select(request => request.EndAsync()));
        var (exitCode, _) = await server.EndAsync();
        Assert.That(responses, Is.All.StartWith("HTTP/1.1 201"));
        Assert.That(exitCode, Is.Zero);

        using var next = _data.Run([]);
        var later = await next.ListensAsync();
        later.AccessToken = client.AccessToken;
        Assert.That(
            (await later.TitlesAsync("?limit=200")).Split(' '),
            Is.EquivalentTo(Enumerable.Range(0, count).Select(i => $"Task-{i}"))
        );
        Assert.That(await next.TerminateAsync(), Is.Zero);
    }

    [Test]
    public async Task The_server_keeps_working_with_the_maximum_number_of_streams_and_recovers_when_they_end()
    {
        using var server = _data.RunWith(descriptors: 1024, ["--RateLimits:Enabled=false"]);
        var client = await server.ListensAsync();
        await client.SignInAsync(await client.RegisteredAsync());
        List<TcpClient> streams = [];
        do
        {
            streams.Add(await OpenStreamAsync(server.Address, client.AccessToken));
        } while (await IsServedAsync(streams[^1]));

        Assert.That(streams, Has.Count.GreaterThan(500));
        // This request uses an existing connection.
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(TaskCalls.Tasks)), Is.EqualTo("200"));
        Assert.That(
            await TaskCalls.OutcomeOfAsync(client.PostAsync(TaskCalls.Tasks, new { title = "Run" })),
            Is.EqualTo("201")
        );

        streams.ForEach(stream => stream.Dispose());
        TcpClient another;
        do
        {
            another = await OpenStreamAsync(server.Address, client.AccessToken);
        } while (!await IsServedAsync(another));

        another.Dispose();
        Assert.That(await server.TerminateAsync(), Is.Zero);
    }

    [TestCase("Max open files            1048576              1048576              files     ", 1_048_064)]
    [TestCase("Max open files            1024                 524288               files     ", 512)]
    [TestCase("Max open files            256                  256                  files     ", 32)]
    [TestCase("Max open files            unlimited            unlimited            files     ", null)]
    public void The_connection_limit_stays_below_the_open_file_limit(string limit, long? connections) =>
        Assert.That(OpenFileLimit.MaxConnectionsOf(limit), Is.EqualTo(connections));

    /// <summary>Returns whether the server responds or closes the connection.</summary>
    private static async Task<bool> IsServedAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Timeout) == 1;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<TcpClient> OpenStreamAsync(Uri server, string token)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await client
            .GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"GET {NotificationCalls.Stream} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n\r\n"
                )
            );
        return client;
    }

    private static async Task<bool> IsListeningAsync(Uri server)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(server.Host, server.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends a new task without its last byte, while the server waits for it.</summary>
    private sealed class HeldCreate(TcpClient client, byte last)
    {
        public static async Task<HeldCreate> BeginAsync(Uri server, string token, string title)
        {
            var body = Encoding.ASCII.GetBytes($$"""{"title":"{{title}}"}""");
            var client = new TcpClient();
            await client.ConnectAsync(server.Host, server.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST {TaskCalls.Tasks} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n"
                        + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\n\r\n"
                )
            );
            // The use case is about to read the body.
            var goOn = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
            await stream.ReadExactlyAsync(goOn).AsTask().WaitAsync(Timeout);
            await stream.WriteAsync(body.AsMemory(..^1));
            return new HeldCreate(client, body[^1]);
        }

        public async Task<string> EndAsync()
        {
            using var _ = client;
            using var response = new MemoryStream();
            await client.GetStream().WriteAsync(new[] { last });
            await client.GetStream().CopyToAsync(response).WaitAsync(Timeout);
            return Encoding.ASCII.GetString(response.ToArray());
        }
    }
}
