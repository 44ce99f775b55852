using Fitnessify.Application.Tests.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Domain.Users;
using Moq;

namespace Fitnessify.Application.Tests.Users;

public sealed class ExportMeTests : IPersonalData
{
    private readonly Ports _ports = new();
    private readonly Guid _adminId = Guid.NewGuid();

    [Test]
    public async Task Records_the_export_and_reads_nothing_before_it_is_asked_for()
    {
        _ports.User = Given.User() with { Id = _ports.Id };
        _ports.Credentials = _ports.Credentials! with { PendingEmail = "new@example.com" };

        var export = (await ExportAsync()).Value!;

        Assert.That(_ports.Events.Single().Type, Is.EqualTo(AuditEventType.DataExported));
        Assert.That(_ports.Steps, Has.None.StartsWith("read"));
        Assert.That(export.User.Username, Is.EqualTo("nikolas"));
        var session = await FirstAsync(export.Sessions);
        Assert.That(session.Device, Is.EqualTo("Pixel 9"));
        Assert.That(export.Passkeys.Single().Name, Is.EqualTo("Laptop"));
        Assert.That(export.PendingEmail, Is.EqualTo("new@example.com"));
        Assert.That(export.Mfa, Is.EqualTo(new ExportedMfaDto(true, Given.Now.AddDays(-3), 7)));
        var task = await FirstAsync(export.Tasks);
        Assert.That((task.Title, task.DeletedAt), Is.EqualTo(("Run", (DateTimeOffset?)Given.Now)));
        Assert.That(export.NotificationSettings.Email, Is.True);
        Assert.That((await FirstAsync(export.Notifications)).Title, Is.EqualTo("Run"));
        Assert.That((await FirstAsync(export.Mails)).Data["title"], Is.EqualTo("Run"));
        var told = await FirstAsync(export.SecurityEvents);
        Assert.That((told.ActorId, told.IpAddress), Is.EqualTo(((Guid?)_adminId, (string?)null)));
    }

    [Test]
    public async Task Gives_nothing_after_a_wrong_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;
        Assert.That((await ExportAsync()).Error, Is.EqualTo(UserErrors.ReauthenticationFailed));
    }

    [Test]
    public async Task Is_signed_out_when_the_account_has_gone() =>
        Assert.That((await ExportAsync()).Error, Is.EqualTo(SessionErrors.SessionRevoked));

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Needs_the_password(string password, string error) =>
        Assert.That(new ExportMeValidator().ErrorTextOf(new ExportMeCommand(password)), Is.EqualTo(error));

    public IAsyncEnumerable<Session> SessionsAsync(Guid userId, CancellationToken cancellationToken) =>
        Read(() => Given.Session(userId));

    public IAsyncEnumerable<AuditEvent> AuditEventsAsync(Guid userId, CancellationToken cancellationToken) =>
        Read(() =>
            AuditEvent.ByAdmin(AuditEventType.RolesChanged, _adminId, userId, _ports, Given.Now, Guid.NewGuid())
        );

    public IAsyncEnumerable<TaskItem> TasksAsync(Guid userId, CancellationToken cancellationToken) =>
        Read(() =>
        {
            var task = TaskItem.Create(Guid.NewGuid(), userId, StoredTasks.Fields("Run"), Given.Now);
            task.Trash(Given.Now);
            return task;
        });

    IAsyncEnumerable<Notification> IPersonalData.NotificationsAsync(Guid userId, CancellationToken cancellationToken) =>
        Read(() =>
            Notification.Overdue(
                new OverdueTask(
                    Guid.NewGuid(),
                    userId,
                    "Run",
                    Given.Now,
                    IsNotified: false,
                    EmailConfirmed: true,
                    NotificationSettings.Default
                ),
                Given.Now
            )
        );

    IAsyncEnumerable<OutboxMail> IPersonalData.MailsAsync(Guid userId, CancellationToken cancellationToken) =>
        Read(() => TaskOverdueMail.Create(userId, "Run", Given.Now, null, Given.Now));

    private static INotificationSettingsRepository Settings()
    {
        var stored = new Mock<INotificationSettingsRepository>();
        stored
            .Setup(settings => settings.GetAsync(It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(NotificationSettings.Default with { Email = true });
        return stored.Object;
    }

    private IPasskeys Passkeys()
    {
        var stored = new Mock<IPasskeys>();
        stored
            .Setup(passkeys => passkeys.ListAsync(_ports.Id, It.IsAny<CancellationToken>()))
            .ReturnsAsync([new Passkey("AQID", "Laptop", Given.Now, IsBackedUp: true)]);
        return stored.Object;
    }

    private async IAsyncEnumerable<T> Read<T>(Func<T> make)
    {
        _ports.Steps.Add($"read {typeof(T).Name}");
        await Task.CompletedTask;
        yield return make();
    }

    private static ValueTask<T> FirstAsync<T>(IAsyncEnumerable<T> items) => items.FirstAsync();

    private Task<Result<ExportDto>> ExportAsync()
    {
        var clock = Given.Clock();
        return new ExportMeHandler(
            _ports,
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _ports, clock),
            _ports,
            new Factors(_ports),
            Settings(),
            Passkeys(),
            this,
            _ports,
            _ports,
            _ports,
            Given.Mapper,
            clock
        ).Handle(new ExportMeCommand("secret"), default);
    }
}
