using Fitnessify.Application.Notifications;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Notifications;

public sealed class NotificationSettingsRepositoryTests : IAsyncDisposable
{
    private static readonly NotificationSettings Night = new(true, false, new(22, 15), new(7, 0));

    private readonly Instance _server = TestRun.Database.Start();
    private Guid _owner;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task SignInNewUser() => _owner = await _server.SignInNewUserAsync();

    [Test]
    public async Task Returns_the_defaults_until_something_is_set_and_for_a_deleted_user()
    {
        Assert.That(await GetAsync(_owner), Is.EqualTo(NotificationSettings.Default));
        Assert.That(await GetAsync(Guid.NewGuid()), Is.EqualTo(NotificationSettings.Default));
    }

    [Test]
    public async Task Keeps_the_settings_of_each_user_separate()
    {
        var other = (await _server.SignUpAsync()).Id;

        await SetAsync(_owner, Night);

        Assert.That(await GetAsync(_owner), Is.EqualTo(Night));
        Assert.That(await GetAsync(other), Is.EqualTo(NotificationSettings.Default));
    }

    [Test]
    public async Task Replaces_all_settings()
    {
        await SetAsync(_owner, Night);
        await SetAsync(_owner, NotificationSettings.Default);

        Assert.That(await GetAsync(_owner), Is.EqualTo(NotificationSettings.Default));
    }

    [Test]
    public async Task Only_a_confirmed_address_gets_mails_of_alerts([Values] bool isConfirmed, [Values] bool wantsMail)
    {
        await SetAsync(_owner, Night with { Email = wantsMail });
        await _server.CreateOverdueAsync();
        if (isConfirmed)
        {
            await _server.UseAsync(
                (AppDbContext context) =>
                    context
                        .Accounts.Where(account => account.Id == _owner)
                        .ExecuteUpdateAsync(set => set.SetProperty(account => account.EmailConfirmed, true))
            );
        }

        var found = await _server.UseAsync(
            (IAlertingTasks tasks) => tasks.ListAsync(_server.Clock.GetUtcNow(), int.MaxValue, default)
        );

        var mine = found.Single(alerting => alerting.Task.OwnerId == _owner);
        Assert.That(mine.WantsMail, Is.EqualTo(isConfirmed && wantsMail));
    }

    [Test]
    public async Task A_concurrent_change_of_the_account_neither_fails_nor_loses_the_settings()
    {
        var name = Instance.NewName();
        await using var scope = _server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<IAccountRepository>();
        (await accounts.FindAsync(_owner, default))!.Rename(name);

        await SetAsync(_owner, Night);
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);

        Assert.That(saved.Error, Is.Null);
        Assert.That(await GetAsync(_owner), Is.EqualTo(Night));
        var user = await _server.UseAsync((IAccountRepository of) => of.FindProfileAsync(_owner, default));
        Assert.That(user!.Username, Is.EqualTo(name));
    }

    [Test]
    public async Task The_use_cases_store_and_read_these_settings()
    {
        var set = await _server.SendAsync(new SetNotificationSettingsCommand(true, false, "22:15", "07:00"));

        Assert.That(set.Error, Is.Null);
        Assert.That(await GetAsync(_owner), Is.EqualTo(Night));
        Assert.That((await _server.SendAsync(new GetNotificationSettingsQuery())).Value, Is.EqualTo(set.Value));
    }

    private Task<NotificationSettings> GetAsync(Guid owner) =>
        _server.UseAsync((INotificationSettingsRepository settings) => settings.GetAsync(owner, default));

    private Task SetAsync(Guid owner, NotificationSettings wanted) =>
        _server.UseAsync(
            async (IServiceProvider services) =>
            {
                services.GetRequiredService<INotificationSettingsRepository>().Set(owner, wanted);
                var saved = await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
                Assert.That(saved.Error, Is.Null);
            }
        );
}
