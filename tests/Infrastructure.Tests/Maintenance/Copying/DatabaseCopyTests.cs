using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Maintenance.Copying;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Maintenance.Copying;

/// <summary>Copies between databases of the kind that this run tests with.</summary>
public sealed class DatabaseCopyTests
{
    [Test]
    public async Task Rows_of_every_kind_are_copied()
    {
        await using var database = await FilledAsync();
        await using var target = TestDatabase.Empty();
        await using var source = database.Start();

        var report = (await CopyAsync(source, target)).Value!;

        Assert.That(report.IsComplete, Is.True, string.Join('\n', report.Lines));
        await using var copy = target.Start();
        var passkey = await copy.UseAsync(
            (AppDbContext context) => context.Set<IdentityUserPasskey<Guid>>().SingleAsync()
        );
        Assert.That(passkey.Data.PublicKey, Is.EqualTo((byte[])[1, 2, 255]));
        var user = await copy.UseAsync((AppDbContext context) => context.Accounts.SingleAsync());
        var settings = await copy.UseAsync((INotificationSettingsRepository of) => of.GetAsync(user.Id, default));
        Assert.That(settings.QuietFrom, Is.EqualTo(new TimeOnly(22, 30)));
        copy.Caller.Session = await copy.SignInAsync(user.Id);
        Assert.That((await copy.CreateAsync(new TaskInput("Swim"))).Version, Is.EqualTo(2));
    }

    [Test]
    public async Task Changes_during_the_copy_are_detected_and_reported_by_table()
    {
        await using var database = await FilledAsync();
        await using var target = TestDatabase.Empty();
        await using var source = database.Start();
        var isChanged = false;

        var report = await CopyAsync(source, target, line => isChanged |= Change(line));

        Assert.That(isChanged, Is.True);
        Assert.That(report.Value!.IsComplete, Is.False);
        Assert.That(report.Value.Lines, Has.One.Match("^Tasks .* differs: the target has 1 rows, [0-9a-f]{32}$"));
        Assert.That(report.Value.Lines, Has.One.Match("^Users .* ok$"));

        bool Change(string line)
        {
            if (line == "Tasks: 1 rows")
            {
                using var other = source.Services.GetRequiredService<IServiceScopeFactory>().CreateScope();
                using var context = other.ServiceProvider.GetRequiredService<AppDbContext>();
                return context.Tasks.ExecuteUpdate(set => set.SetProperty(task => task.Title, "Changed")) == 1;
            }

            return false;
        }
    }

    [Test]
    public async Task A_copy_does_not_continue_in_a_target_that_others_have_changed()
    {
        await using var database = await FilledAsync();
        await using var target = TestDatabase.Empty();
        await using var source = database.Start();
        Assert.That(
            () => CopyAsync(source, target, line => Interrupt(line, "Tasks: 1 rows")),
            Throws.TypeOf<OperationCanceledException>()
        );
        await using (var other = target.Start())
        {
            await other.UseAsync(
                (AppDbContext context) =>
                    context.Accounts.ExecuteUpdateAsync(set => set.SetProperty(user => user.TimeZone, "Europe/Berlin"))
            );
        }

        var refused = await CopyAsync(source, target);

        Assert.That(refused.Error?.Message, Does.StartWith("The target has changed in Users "));

        static void Interrupt(string line, string at)
        {
            if (line == at)
            {
                throw new OperationCanceledException();
            }
        }
    }

    [Test]
    public async Task A_copy_refuses_a_database_of_an_older_version()
    {
        await using var database = await FilledAsync();
        await using var target = TestDatabase.Empty();
        await using var source = database.Start();
        await using var older = target.Start();
        // This creates the folder of a file.
        await older.UseAsync(
            async (IMigrationLock migrations) => await (await migrations.AcquireAsync(default)).DisposeAsync()
        );
        await older.UseAsync(
            async (AppDbContext context) =>
            {
                await context.Database.MigrateAsync();
                await context.Database.ExecuteSqlRawAsync(
                    "UPDATE \"__EFMigrationsHistory\" SET \"MigrationId\" = '20200101000000_Earlier'"
                );
            }
        );

        var refused = await CopyAsync(source, target);

        Assert.That(refused.Error?.Message, Is.EqualTo("The target has tables of an older version; use an empty one."));
        Assert.That(
            await older.UseAsync((AppDbContext context) => context.Database.GetAppliedMigrationsAsync()),
            Has.Exactly(1).Items
        );
    }

    private static Task<Domain.Common.Result<CopyReport>> CopyAsync(
        Instance source,
        TestDatabase target,
        Action<string>? say = null
    ) => source.Services.CopyDatabaseAsync(TestDatabase.Provider, target.ConnectionString, say ?? (_ => { }));

    private static async Task<TestDatabase> FilledAsync()
    {
        var database = await TestDatabase.MigratedAsync();
        await using var server = database.Start();
        var user = await server.SignUpAsync();
        server.Caller.Session = await server.SignInAsync(user.Id);
        await server.CreateAsync(new TaskInput("Run", DueAt: server.Clock.GetUtcNow().AddDays(1)));
        await server.UseAsync(
            async (AppDbContext context) =>
            {
                await context.Accounts.ExecuteUpdateAsync(set =>
                    set.SetProperty(
                        row => EF.Property<TimeOnly?>(row, NotificationColumns.QuietFrom),
                        new TimeOnly(22, 30)
                    )
                );
                context.Add(
                    new IdentityUserPasskey<Guid>
                    {
                        UserId = user.Id,
                        CredentialId = [7],
                        Data = new IdentityPasskeyData
                        {
                            PublicKey = [1, 2, 255],
                            Name = "Laptop",
                            CreatedAt = server.Clock.GetUtcNow(),
                            Transports = ["usb"],
                            AttestationObject = [3],
                            ClientDataJson = [4],
                        },
                    }
                );
                await context.SaveChangesAsync();
            }
        );
        return database;
    }
}
