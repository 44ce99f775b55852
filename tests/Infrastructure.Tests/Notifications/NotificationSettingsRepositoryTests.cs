using Fitnessify.Application.Notifications;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Notifications;

public sealed class NotificationSettingsRepositoryTests : IAsyncDisposable
{
    private static readonly NotificationSettings Night = new(true, new(22, 15), new(7, 0), "Europe/Berlin");

    private readonly Instance _server = TestRun.Database.Start();
    private Guid _owner;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task Enter() => _owner = await _server.EnterAsync();

    [Test]
    public async Task Gives_the_default_until_something_else_is_said_and_to_who_is_gone()
    {
        Assert.That(await GetAsync(_owner), Is.EqualTo(NotificationSettings.Default));
        Assert.That(await GetAsync(Guid.NewGuid()), Is.EqualTo(NotificationSettings.Default));
    }

    [Test]
    public async Task Keeps_those_of_each_user()
    {
        var other = (await _server.SignUpAsync()).Id;

        await SetAsync(_owner, Night);

        Assert.That(await GetAsync(_owner), Is.EqualTo(Night));
        Assert.That(await GetAsync(other), Is.EqualTo(NotificationSettings.Default));
    }

    [Test]
    public async Task Replaces_all_of_them()
    {
        await SetAsync(_owner, Night);
        await SetAsync(_owner, NotificationSettings.Default);

        Assert.That(await GetAsync(_owner), Is.EqualTo(NotificationSettings.Default));
    }

    [Test]
    public async Task Are_those_that_a_scan_finds()
    {
        await SetAsync(_owner, Night);
        await _server.CreateOverdueAsync();

        var found = await _server.UseAsync(
            (IOverdueTasks overdue) => overdue.ListAsync(_server.Clock.GetUtcNow(), int.MaxValue, default)
        );

        var mine = found.Single(task => task.OwnerId == _owner);
        Assert.That((mine.WantsMail, mine.EmailConfirmed), Is.EqualTo((Night.Email, false)));
    }

    [Test]
    public async Task Neither_refuse_another_change_of_the_account_at_the_same_time_nor_are_lost_by_it()
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
    public async Task Stand_behind_the_use_cases()
    {
        var set = await _server.SendAsync(new SetNotificationSettingsCommand(true, "22:15", "07:00", "Europe/Berlin"));

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
