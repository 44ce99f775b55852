using System.Collections.Concurrent;
using Fitnessify.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Clients.Tests;

/// <summary>The ways to the server that an app chooses: handlers, HTTP clients, and dependency injection.</summary>
public sealed class HttpClientTests
{
    private static readonly string Address = SharedServer.Instance.Address;

    [Test]
    public async Task Handlers_see_each_attempt_and_can_add_headers()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        List<string> log = [];
        var refusals = 1;
        device.Line.Before = _ => refusals-- > 0 ? Line.Problem(503, "service_unavailable", "0") : null;
        var options = device.Options();
        options.Handler = new LogHandler(log) { InnerHandler = new TraceHandler { InnerHandler = device.Line } };
        using var session = new FitnessifySession(Address, options);

        await session.Api.Users.GetMeAsync();

        Assert.That(log, Is.EqualTo(["GET /api/v1/users/me 503 traced", "GET /api/v1/users/me 200 traced"]));
    }

    [Test]
    public async Task A_session_uses_a_given_HTTP_client_and_leaves_it_open()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        using var http = new HttpClient(device.Line) { BaseAddress = new Uri(Address) };
        http.DefaultRequestHeaders.Add("traceparent", "00-1-1-00");
        var options = device.Options();
        options.Handler = null;
        using (var session = new FitnessifySession(http, options))
        {
            await session.Api.Users.GetMeAsync();
        }

        Assert.That(device.Line.Count("GET /api/v1/users/me"), Is.EqualTo(1));
        using var answer = await http.GetAsync(new Uri("health/live", UriKind.Relative));
        Assert.That(answer.IsSuccessStatusCode, Is.True);
    }

    [Test]
    public async Task An_address_may_have_a_path()
    {
        List<string> paths = [];
        using var http = new HttpClient(new PathHandler(paths))
        {
            BaseAddress = new Uri("http://127.0.0.1/tasks-server"),
        };
        using var session = new FitnessifySession(http, new() { MaxAttempts = 1 });
        Assert.That(() => session.Api.Users.GetMeAsync(), Throws.TypeOf<ConnectionException>());
        Assert.That(paths, Is.EqualTo(["/tasks-server/api/v1/users/me"]));
    }

    [Test]
    public void An_HTTP_client_needs_an_address_and_has_the_only_handler()
    {
        using var http = new HttpClient();
        Assert.That(() => new FitnessifySession(http), Throws.ArgumentException);
        http.BaseAddress = new Uri(Address);
        using var line = new Line();
        Assert.That(() => new FitnessifySession(http, new() { Handler = line }), Throws.ArgumentException);
    }

    [Test]
    public async Task A_time_limit_counts_for_the_calls_for_which_it_is_set()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        var options = device.Options();
        options.MaxAttempts = 1;
        using var session = new FitnessifySession(Address, options);
        device.Line.Hangs = _ => true;
        var quick = session.Api.WithTimeout(TimeSpan.FromMinutes(10)).WithTimeout(TimeSpan.FromMilliseconds(50));
        Assert.That(() => quick.Users.GetMeAsync(), Throws.TypeOf<ConnectionException>());

        options.Timeout = TimeSpan.FromMilliseconds(50);
        device.Line.Hangs = _ => false;
        device.Line.Before = _ =>
        {
            Thread.Sleep(200);
            return null;
        };
        Assert.That(() => session.Api.Users.GetMeAsync(), Throws.TypeOf<ConnectionException>());
        await session.Api.WithTimeout(TimeSpan.FromMinutes(1)).Users.GetMeAsync();

        Assert.That(() => session.Api.WithTimeout(TimeSpan.Zero), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task A_registered_session_is_one_for_the_app_and_uses_the_handlers_of_the_factory()
    {
        var device = await Device.SignUpAsync(SharedServer.Instance);
        List<string> log = [];
        var services = new ServiceCollection();
        services
            .AddFitnessifyClient(Address, options => options.MaxAttempts = 1)
            .AddHttpMessageHandler(() => new LogHandler(log))
            .AddHttpMessageHandler(() => new TraceHandler());
        services.AddSingleton<ITokenStore>(device);
        await using var provider = services.BuildServiceProvider(validateScopes: true);

        var session = provider.GetRequiredService<FitnessifySession>();
        var me = await session.Api.Users.GetMeAsync();

        Assert.That(
            me.Id,
            Is.EqualTo((await device.Api.Users.GetMeAsync()).Id),
            "The store of the container has the tokens."
        );
        Assert.That(log, Is.EqualTo(["GET /api/v1/users/me 200 traced"]));
        using var scope = provider.CreateScope();
        Assert.That(scope.ServiceProvider.GetRequiredService<FitnessifySession>(), Is.SameAs(session));
    }

    [Test]
    public async Task Scoped_sessions_have_tokens_of_their_own_and_share_connections()
    {
        var services = new ServiceCollection();
        ConcurrentBag<SessionState> states = [];
        services.AddFitnessifyClient(Address, options => options.OnStateChanged = states.Add, ServiceLifetime.Scoped);
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        List<Guid> users = [];
        for (var user = 0; user < 2; user++)
        {
            await using var scope = provider.CreateAsyncScope();
            var session = scope.ServiceProvider.GetRequiredService<FitnessifySession>();
            Assert.That(
                () => session.Api.Users.GetMeAsync(),
                Throws.TypeOf<FitnessifyException>().With.Property("Code").EqualTo(ErrorCode.Unauthenticated)
            );
            var name = Server.NewName();
            var account = new RegisterUserCommand { Username = name, Email = $"{name}@example.com" };
            account.Password = Server.Password;
            await session.Api.Auth.RegisterAsync(account);
            await session.SignInAsync(name, Server.Password);
            users.Add((await session.Api.Users.GetMeAsync()).Id);
        }

        Assert.That(users, Is.Unique);
        Assert.That(states, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_session_cannot_be_transient() =>
        Assert.That(
            () => new ServiceCollection().AddFitnessifyClient(Address, lifetime: ServiceLifetime.Transient),
            Throws.ArgumentException
        );

    private sealed class LogHandler(List<string> log) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var traced = request.Headers.Contains("traceparent") ? "traced" : "not traced";
            log.Add($"{request.Method} {request.RequestUri!.AbsolutePath} {(int)answer.StatusCode} {traced}");
            return answer;
        }
    }

    private sealed class TraceHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class PathHandler(List<string> paths) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            paths.Add(request.RequestUri!.AbsolutePath);
            throw new HttpRequestException("There is no server.");
        }
    }
}
