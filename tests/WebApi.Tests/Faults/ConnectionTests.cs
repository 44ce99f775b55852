using System.Net.Sockets;
using System.Text;
using Fitnessify.WebApi.Tests.Hostile;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fitnessify.WebApi.Tests.Faults;

/// <summary>Clients keep connections open, or send more than a request needs.</summary>
public sealed class ConnectionTests
{
    // This is for a server that hangs; no other takes that long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Refuses_oversized_headers()
    {
        using var connection = new RawConnection(Api.Shared.ClientOptions.BaseAddress);
        var response = await connection.SendAsync(Head($"X-Large: {new string('x', 40_000)}\r\n\r\n"));
        var many = await connection.SendAsync(
            Head($"{string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: x\r\n"))}\r\n")
        );
        Assert.That((response!.Status, many!.Status), Is.EqualTo((431, 431)));
        Assert.That(await TaskCalls.OutcomeOfAsync(Api.Shared.Anonymous().GetAsync("/health/live")), Is.EqualTo("200"));
    }

    [Test]
    public void Closes_connections_of_idle_clients()
    {
        var limits = Api.Shared.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Multiple(() =>
        {
            Assert.That(limits.RequestHeadersTimeout, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(limits.MinRequestBodyDataRate, Is.Not.Null);
            Assert.That(limits.MinResponseDataRate, Is.Not.Null);
            Assert.That(limits.KeepAliveTimeout, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(130)));
        });
    }

    [TestCase("X-Slow: ", TestName = "{m}(in the middle of the headers)")]
    [TestCase(
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
        TestName = "{m}(in the middle of the body)"
    )]
    public async Task Closes_the_connection_of_a_stalled_client_and_serves_all_others(string beginning)
    {
        await using var api = Api.Start(services: services =>
            services.Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1);
                kestrel.Limits.MinRequestBodyDataRate = new(240, TimeSpan.FromSeconds(1.5));
            })
        );
        var slow = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => BeginAsync(api, beginning)));
        Assert.That(await TaskCalls.OutcomeOfAsync(api.Anonymous().GetAsync("/health/ready")), Is.EqualTo("200"));
        foreach (var client in slow)
        {
            using var _ = client;
            using var response = new MemoryStream();
            await client.GetStream().CopyToAsync(response).WaitAsync(Timeout);
            Assert.That(Encoding.ASCII.GetString(response.ToArray()), Does.StartWith("HTTP/1.1 40"));
        }

        await api.SignedInAsync();
    }

    private static async Task<TcpClient> BeginAsync(Api api, string beginning)
    {
        var client = new TcpClient();
        var server = api.ClientOptions.BaseAddress;
        await client.ConnectAsync(server.Host, server.Port);
        await client.GetStream().WriteAsync(Head(beginning));
        return client;
    }

    private static byte[] Head(string rest) =>
        Encoding.ASCII.GetBytes($"POST {ApiClient.Login} HTTP/1.1\r\nHost: a\r\n{rest}");
}
