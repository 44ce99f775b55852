using System.Diagnostics;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Observability;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Fitnessify.WebApi.Tests.Edge;

public sealed class OutageTests
{
    private const string Internals = "Internals-of-the-failure";

    [Test]
    public async Task A_bug_reveals_only_where_to_find_it_in_the_log()
    {
        await using var api = StartWith(new InvalidOperationException(Internals));
        using var response = await api.Anonymous().LoginAsync("ann");
        var body = await response.Content.ReadAsStringAsync();
        var problem = await response.JsonAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("500 internal_error"));
            Assert.That(
                problem.Members(),
                Is.EquivalentTo((string[])["type", "title", "status", "detail", "instance", "code", "traceId"])
            );
            Assert.That(body, Does.Not.Contain(Internals).And.Not.Contain("Exception").And.Not.Contain("   at "));
            Assert.That(response.Header("Retry-After"), Is.Null);
            Assert.That(api.Log.Of<UnhandledExceptions>(), Has.One.Contains(Internals));
            Assert.That(api.Log.Of(RequestLog.Category), Has.One.Contains(problem.Text("traceId")));
        });
    }

    private static readonly Exception[] Outages =
    [
        new SqliteException(Internals, 5),
        new DbUpdateException(Internals, new SqliteException(Internals, 13)),
        new TimeoutException(Internals),
    ];

    [TestCaseSource(nameof(Outages))]
    public async Task A_database_that_does_not_respond_causes_a_retryable_error(Exception outage)
    {
        await using var api = StartWith(outage);
        using var response = await api.Anonymous().LoginAsync("ann");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("503 service_unavailable"));
            Assert.That(response.Header("Retry-After"), Does.Match("^[1-9][0-9]*$"));
            Assert.That(await response.Content.ReadAsStringAsync(), Does.Not.Contain(Internals));
        });
    }

    [Test]
    public async Task Reads_work_while_the_database_cannot_be_written()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        using var created = await client.PostAsync(TaskCalls.Tasks, new { title = "Run" });
        using var refreshed = await client.RefreshAsync();
        await client.KeepAsync(refreshed);
        // The time is long enough that the last use has to be written, and the new tokens are used for the first time.
        clock.Advance(TimeSpan.FromMinutes(5));
        await using var other = await LockedAsync(api);

        var started = Stopwatch.GetTimestamp();
        foreach (var path in (string[])[TaskCalls.Tasks, ApiClient.Me, ApiClient.Sessions, TaskCalls.Tasks])
        {
            Assert.That(await client.OutcomeOfAsync(path), Is.EqualTo("200"), path);
        }

        Assert.That(
            Stopwatch.GetElapsedTime(started),
            Is.LessThan(TimeSpan.FromSeconds(8)),
            "The read does not wait for the lock."
        );
    }

    // The lock is like that of another program that writes for a long time.
    private static async Task<SqliteConnection> LockedAsync(Api api)
    {
        Assume.That(TestDatabase.Provider, Is.EqualTo(DatabaseProvider.Sqlite));
        var other = new SqliteConnection($"{api.ConnectionString};Pooling=false");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return other;
    }

    [Test]
    public async Task An_aborted_request_causes_no_further_failure()
    {
        var handler = new UnhandledExceptions(Mock.Of<IOutages>(), NullLogger<UnhandledExceptions>.Instance);
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };
        Assert.That(await handler.TryHandleAsync(context, new BadHttpRequestException(Internals), default), Is.True);
    }

    [TestCase("HTTP/1.1", "close")]
    [TestCase("HTTP/2", "")]
    public async Task The_connection_closes_after_an_incomplete_body(string protocol, string connection)
    {
        var handler = new UnhandledExceptions(Mock.Of<IOutages>(), NullLogger<UnhandledExceptions>.Instance);
        var context = new DefaultHttpContext { Request = { Protocol = protocol } };
        await handler.TryHandleAsync(context, new BadHttpRequestException(Internals), default);
        Assert.That(context.Response.StatusCode, Is.EqualTo(400));
        Assert.That(context.Response.Headers.Connection.ToString(), Is.EqualTo(connection));
    }

    [Test]
    public async Task Too_many_waiting_passwords_cause_a_retryable_error()
    {
        await using var api = Api.Start(
            new() { ["Accounts:HashingConcurrency"] = "1", ["Accounts:HashingQueue"] = "1" }
        );
        var client = await api.SignedInAsync();
        var gate = api.Services.GetRequiredService<HashingGate>();
        using var started = new SemaphoreSlim(0);
        using var finish = new ManualResetEventSlim();
        var running = gate.RunAsync(
            () =>
            {
                started.Release();
                finish.Wait();
                return 1;
            },
            CancellationToken.None
        );
        await started.WaitAsync();
        var waiting = gate.RunAsync(() => 2, CancellationToken.None);
        using var login = await client.LoginAsync(client.Person.Username);
        using var register = await client.RegisterAsync(Person.Random());
        using var strength = await client.PostAsync(ApiClient.Strength, new { password = Person.GoodPassword });
        using var deletion = await client.PostAsync(ApiClient.Deletion, new { password = Person.GoodPassword });
        using var me = await client.GetAsync(ApiClient.Me);
        finish.Set();
        await Task.WhenAll(running, waiting);
        using var afterwards = await client.LoginAsync(client.Person.Username);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await login.OutcomeAsync(), Is.EqualTo("503 service_unavailable"));
            Assert.That(login.Header("Retry-After"), Does.Match("^[1-9][0-9]*$"));
            Assert.That(await register.OutcomeAsync(), Is.EqualTo("503 service_unavailable"));
            Assert.That(await strength.OutcomeAsync(), Is.EqualTo("503 service_unavailable"));
            Assert.That(await deletion.OutcomeAsync(), Is.EqualTo("503 service_unavailable"));
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await afterwards.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [Test]
    public async Task Missing_tables_fail_readiness_but_not_liveness()
    {
        await using var api = Api.Start();
        await api.InDatabaseAsync(context =>
            context.Database.ExecuteSqlRawAsync(
                """DROP TABLE "UserRoles"; DROP TABLE "RoleClaims"; DROP TABLE "Roles";"""
            )
        );
        using var ready = await api.Anonymous().GetAsync("/health/ready");
        using var live = await api.Anonymous().GetAsync("/health/live");
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ready.OutcomeAsync(), Is.EqualTo("503 service_unavailable"));
            Assert.That(ready.Header("Retry-After"), Is.Not.Null);
            Assert.That(await live.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    private static Api StartWith(Exception exception)
    {
        var accounts = new Mock<IAccountRepository>();
        accounts
            .Setup(port => port.FindCredentialsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(exception);
        return Api.Start(services: services => services.Replace(ServiceDescriptor.Scoped(_ => accounts.Object)));
    }
}
