using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Fitnessify.Infrastructure.Push;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class WebPushConnectionTests : IAsyncDisposable
{
    private const string Host = "push.example.org";

    private readonly List<string> _resolved = [];
    private readonly Queue<string[]> _answers = new();
    private TestPushService _service = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task Start()
    {
        _service = await TestPushService.StartAsync();
        _server = Start("127.0.0.1");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Test]
    public async Task The_host_is_resolved_once_and_the_connection_goes_to_that_address()
    {
        _answers.Enqueue(["127.0.0.1"]);
        _answers.Enqueue(["10.0.0.1"]);

        var status = await PostAsync(_server);

        Assert.That(status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(_resolved, Is.EqualTo([Host]));
        Assert.That(_service.Requests, Is.EqualTo(1));
    }

    [TestCase("10.0.0.1")]
    [TestCase("169.254.169.254")]
    [TestCase("fd00:ec2::254")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("127.0.0.1", "10.0.0.1")]
    [TestCase("10.0.0.1", "127.0.0.1")]
    [TestCase("1.1.1.1", "192.168.1.1")]
    [TestCase("2606:4700::1111", "fe80::1")]
    public void A_host_with_a_private_address_is_not_connected_to(params string[] addresses)
    {
        _answers.Enqueue(addresses);

        Assert.That(
            async () => await PostAsync(_server),
            Throws.TypeOf<HttpRequestException>().With.InnerException.TypeOf<PrivateAddressException>()
        );
        Assert.That(_service.Requests, Is.Zero);
    }

    [Test]
    public async Task A_host_that_is_resolved_to_another_address_later_is_checked_again()
    {
        _answers.Enqueue(["127.0.0.1"]);
        _answers.Enqueue(["192.168.0.1"]);
        _service.Fault = (call, accept) =>
        {
            call.Response.Headers.Connection = "close";
            return accept();
        };

        await PostAsync(_server);

        Assert.That(
            async () => await PostAsync(_server),
            Throws.TypeOf<HttpRequestException>().With.InnerException.TypeOf<PrivateAddressException>()
        );
        Assert.That(_resolved, Is.EqualTo([Host, Host]));
        Assert.That(_service.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task This_machine_is_private_unless_the_setting_names_it()
    {
        await using var strict = Start(Host);
        _answers.Enqueue(["127.0.0.1"]);

        Assert.That(
            async () => await PostAsync(strict),
            Throws.TypeOf<HttpRequestException>().With.InnerException.TypeOf<PrivateAddressException>()
        );
        Assert.That(_service.Requests, Is.Zero);
    }

    [Test]
    public async Task The_service_learns_neither_cookies_nor_traces()
    {
        List<string> headers = [];
        _answers.Enqueue(["127.0.0.1"]);
        _answers.Enqueue(["127.0.0.1"]);
        _service.Fault = (call, _) =>
        {
            headers.AddRange(call.Request.Headers.Keys);
            call.Response.Headers.SetCookie = "a=b";
            return Task.CompletedTask;
        };
        using var activity = new Activity("request").Start();

        await PostAsync(_server);
        await PostAsync(_server);

        Assert.That(headers, Is.EquivalentTo(["Host", "Content-Length", "Host", "Content-Length"]));
    }

    [Test]
    public async Task A_connection_that_would_have_to_read_more_than_4_KiB_is_not_used_again()
    {
        ConcurrentBag<string> connections = [];
        var longer = TestPushFaults.Long(201, 64 * 1024);
        _service.Fault = (call, accept) =>
        {
            connections.Add(call.Connection.Id);
            return longer(call, accept);
        };

        for (var i = 0; i < 5; i++)
        {
            _answers.Enqueue(["127.0.0.1"]);
            await PostAsync(_server);
        }

        Assert.That(connections.Distinct().Count(), Is.EqualTo(5));
    }

    private Instance Start(string allowed) =>
        TestRun.Database.Start(
            services =>
                services.AddSingleton<ResolveHost>(
                    (host, _) =>
                    {
                        _resolved.Add(host);
                        return Task.FromResult(Array.ConvertAll(_answers.Dequeue(), IPAddress.Parse));
                    }
                ),
            ("Push:AllowedHosts:0", allowed)
        );

    private async Task<HttpStatusCode> PostAsync(Instance server)
    {
        using var client = server.Get<IHttpClientFactory>().CreateClient(WebPushAdapter.ClientName);
        using var answer = await client.PostAsync(
            new UriBuilder(_service.Address) { Host = Host, Path = "push/none" }.Uri,
            null
        );
        return answer.StatusCode;
    }
}
