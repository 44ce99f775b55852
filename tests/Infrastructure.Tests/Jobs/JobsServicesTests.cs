using Fitnessify.Application.Guests;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Push;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Identities;
using Fitnessify.Infrastructure.Lists;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Push;
using Fitnessify.Infrastructure.Tasks;
using Fitnessify.Infrastructure.Telemetry;
using MediatR;
using Microsoft.Extensions.Options;
using Moq;
using Quartz;
using Quartz.Extensibility;
using Quartz.Impl.AdoJobStore.Common;

namespace Fitnessify.Infrastructure.Tests.Jobs;

public sealed class JobsServicesTests
{
    [TestCase(null, 30)]
    [TestCase("1", 1)]
    [TestCase("3600", 3600)]
    public async Task The_overdue_job_runs_at_the_configured_interval(string? configured, int seconds)
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start(("Jobs:OverdueScanSeconds", configured ?? ""));

        var trigger = (ISimpleTrigger)await FindTriggerAsync<RaiseAlertsJob>(server);

        Assert.That(trigger.RepeatInterval, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(trigger.RepeatCount, Is.EqualTo(-1), "without end");
    }

    [Test]
    public async Task Cleanup_runs_every_night_in_any_time_zone()
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();

        var trigger = (ICronTrigger)await FindTriggerAsync<NightlyJob>(server);

        Assert.That(trigger.CronExpressionString, Is.EqualTo("0 17 3 * * ?"));
        Assert.That(trigger.TimeZone, Is.EqualTo(TimeZoneInfo.Utc));
    }

    [TestCase("0")]
    [TestCase("3601")]
    [TestCase("often")]
    public void An_invalid_interval_stops_the_startup(string value) =>
        Assert.That(
            () => TestRun.Database.Start(("Jobs:OverdueScanSeconds", value)),
            Throws
                .TypeOf<SettingsException>()
                .With.Message.EqualTo(
                    $"Jobs:OverdueScanSeconds: '{value}' is not allowed; use a number from 1 to 3600."
                )
        );

    [Test]
    public async Task Each_job_only_sends_its_command_and_stops_with_the_server()
    {
        using var stopping = new CancellationTokenSource();
        var mediator = new Mock<IMediator>();
        mediator
            .Setup(sender => sender.Send(It.IsAny<IRequest<Result>>(), stopping.Token))
            .ReturnsAsync(Result.Success);

        await new RaiseAlertsJob(mediator.Object).Execute(Mock.Of<IJobExecutionContext>(), stopping.Token);
        await new NightlyJob(mediator.Object).Execute(Mock.Of<IJobExecutionContext>(), stopping.Token);
        await new EmptyDeletedListsJob(mediator.Object).Execute(Mock.Of<IJobExecutionContext>(), stopping.Token);
        await new EraseAccountsJob(mediator.Object).Execute(Mock.Of<IJobExecutionContext>(), stopping.Token);
        await new RevokeIdentitiesJob(mediator.Object).Execute(Mock.Of<IJobExecutionContext>(), stopping.Token);
        await new SendPushesJob(mediator.Object).Execute(Mock.Of<IJobExecutionContext>(), stopping.Token);

        mediator.Verify(sender => sender.Send(new EmptyDeletedListsCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new PurgeListsCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new EraseAccountsCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new RevokeIdentitiesCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new SendPushesCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new RaiseAlertsCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new PurgeTrashCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new PurgeExpiredCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new PurgeUnconfirmedCommand(), stopping.Token), Times.Once);
        mediator.Verify(sender => sender.Send(new PurgeGuestsCommand(), stopping.Token), Times.Once);
        mediator.VerifyNoOtherCalls();
    }

    [Test]
    public async Task A_job_fails_when_its_command_is_refused()
    {
        await using var server = TestRun.Database.Start();
        var mediator = new Mock<IMediator>();
        mediator
            .Setup(sender => sender.Send(It.IsAny<IRequest<Result>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(TaskErrors.StateConflict);
        IJob[] jobs =
        [
            new EmptyDeletedListsJob(mediator.Object),
            new EraseAccountsJob(mediator.Object),
            new NightlyJob(mediator.Object),
            new RaiseAlertsJob(mediator.Object),
            new RescheduleTasksJob(mediator.Object),
            new RevokeIdentitiesJob(mediator.Object),
            new SendMailsJob(mediator.Object),
            new SendPushesJob(mediator.Object),
        ];
        foreach (var job in jobs)
        {
            Assert.That(
                async () => await job.Execute(Mock.Of<IJobExecutionContext>()),
                Throws.TypeOf<JobExecutionException>().With.Message.StartsWith("state_conflict: ")
            );
        }

        Assert.That(jobs.Select(job => job.GetType().Name), Is.EqualTo(server.Get<MeasuredJobs>().Names));
        mediator.Verify(sender => sender.Send(new PurgeExpiredCommand(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Test]
    public async Task On_SQL_Server_only_one_instance_runs_a_job_at_a_time()
    {
        // No instance is there, so nothing is queried either.
        await using var server = TestRun.Database.Start(
            ("Database:Provider", "SqlServer"),
            ("ConnectionStrings:Fitnessify", "Server=127.0.0.1,1;Database=Fitnessify;User ID=sa;Password=none")
        );

        Assert.That(server.Get<IJobStore>().SupportsPersistence, Is.True);
        Assert.That(server.Get<IJobStore>().Clustered, Is.True);
        Assert.That(server.Get<IOptions<ClusteringOptions>>().Value.Enabled, Is.True);
        Assert.That(server.Get<IDbProvider>().ConnectionString, Does.Contain("127.0.0.1,1").And.Contain("Fitnessify"));
        Assert.That(
            server.Get<IOptions<AdoJobStoreOptions>>().Value.SchemaProvisioning,
            Is.EqualTo(SchemaProvisioning.CreateIfMissing)
        );
    }

    [Test]
    public async Task On_SQLite_the_schedule_is_not_stored()
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start();

        Assert.That(server.Get<IJobStore>().SupportsPersistence, Is.False);
    }

    /// <summary>Returns the trigger of the only job of this type. On SQL Server the trigger is stored.</summary>
    private static async Task<ITrigger> FindTriggerAsync<TJob>(Instance server)
        where TJob : IJob
    {
        var scheduler = await server.Get<ISchedulerFactory>().GetScheduler();
        try
        {
            var job = await scheduler.GetJobDetail(new JobKey(typeof(TJob).Name));
            Assert.That(job?.JobType.Type, Is.EqualTo(typeof(TJob)));
            Assert.That(job!.ConcurrentExecutionDisallowed, Is.True);
            var triggers = await scheduler.GetTriggersOfJob(job.Key);
            return triggers.Single();
        }
        finally
        {
            await scheduler.Shutdown();
        }
    }
}
