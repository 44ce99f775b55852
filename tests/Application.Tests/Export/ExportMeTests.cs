using Fitnessify.Application.Export;
using Fitnessify.Application.Push;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Push;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Application.Tests.Export;

public sealed class ExportMeTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [Test]
    public async Task Exports_the_account_and_its_setup()
    {
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange($"new.{_account.Email}"));
        await SaveAsync(
            (INotificationSettingsRepository settings) =>
                settings.Set(_account.UserId, NotificationSettings.Default with { Email = true })
        );
        using var authenticator = PasskeyCalls.Authenticator();
        await SendAsync(await Server.RegistrationAsync(authenticator, Password, "Laptop"));
        var input = DeviceShapes.Browser() with { Locale = "de", Preview = true };
        var device = (await SendAsync(new PutDeviceCommand(Guid.NewGuid(), input))).Value!.Device;
        var (app, _) = await EnableMfaAsync(_account.UserId);

        var export = (await SendAsync(new ExportMeCommand(Password, app.Code()))).Value!;

        Assert.That(export.ExportedAt, Is.EqualTo(Now));
        Assert.That(export.User.Username, Is.EqualTo(_account.Username));
        Assert.That(export.PendingEmail, Is.EqualTo($"new.{_account.Email}"));
        Assert.That(export.Mfa, Is.EqualTo(new ExportedMfaDto(true, Given.Now, 10)));
        Assert.That(export.Passkeys.Single().Name, Is.EqualTo("Laptop"));
        Assert.That(export.NotificationSettings.Email, Is.True);
        Assert.That(
            export.Devices,
            Is.EqualTo([
                new ExportedDeviceDto(
                    device.Id,
                    Server.Caller.Session!.Id,
                    PushPlatform.WebPush,
                    input.Endpoint!,
                    "de",
                    true,
                    device.CreatedAt,
                    device.LastSeenAt
                ),
            ])
        );
    }

    [Test]
    public async Task Reads_large_collections_only_when_they_are_enumerated()
    {
        var adminId = Guid.NewGuid();
        await Server.UseAsync(
            async (IMediator mediator) =>
            {
                var export = (await mediator.Send(new ExportMeCommand(Password))).Value!;
                await AddToAllAsync(adminId);

                Assert.That((await export.Sessions.SingleAsync()).Device, Is.EqualTo("Phone"));
                var task = await export.Tasks.SingleAsync();
                Assert.That((task.Title, task.DeletedAt), Is.EqualTo(("Run", (DateTimeOffset?)Given.Now)));
                Assert.That((await export.Notifications.SingleAsync()).Title, Is.EqualTo("Run"));
                Assert.That((await export.Mails.SingleAsync()).Kind, Is.EqualTo(MailKind.TasksDue));
                var recorded = await export.SecurityEvents.SingleAsync(e => e.Type == AuditEventType.RolesChanged);
                Assert.That((recorded.ActorId, recorded.IpAddress), Is.EqualTo(((Guid?)adminId, (string?)null)));
            }
        );
    }

    [Test]
    public async Task Records_an_audit_event()
    {
        await SendAsync(new ExportMeCommand(Password));

        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EqualTo([RecordedEvent.Of(AuditEventType.DataExported, _account.UserId, Server.Caller.Session!.Id)])
        );
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [Test]
    public async Task Exports_nothing_after_a_wrong_password()
    {
        await FailsAsync(new ExportMeCommand("wrong"), "reauthentication_failed");

        Assert.That(
            (await RecordedAsync(_account.UserId)).Select(recorded => recorded.Type),
            Is.EqualTo([AuditEventType.ReauthenticationFailed])
        );
    }

    [Test]
    public async Task Fails_with_an_ended_session_when_the_account_was_deleted_meanwhile()
    {
        Hashing.AfterVerification = () => ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await SendAsync(new ExportMeCommand(Password))).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Requires_the_password(string password, string error) =>
        Assert.That(new ExportMeValidator().ErrorTextOf(new ExportMeCommand(password)), Is.EqualTo(error));

    private async Task AddToAllAsync(Guid adminId)
    {
        var task = TaskItem.Create(Guid.NewGuid(), _account.UserId, new TaskInput("Run").ToFields().Value!, Given.Now);
        task.Trash(Given.Now);
        await SaveAsync(
            (IServiceProvider services) =>
            {
                services.GetRequiredService<ITaskRepository>().Add(task);
                services
                    .GetRequiredService<INotificationRepository>()
                    .Add(Overdue.Notification(_account.UserId, task.Title, Given.Now));
                services.GetRequiredService<IMailOutbox>().Add(TasksDueMail.Create(_account.UserId, Given.Now));
                services
                    .GetRequiredService<IAuditTrail>()
                    .Add(
                        AuditEvent.ByAdmin(
                            AuditEventType.RolesChanged,
                            adminId,
                            _account.UserId,
                            Server.Caller,
                            Given.Now,
                            Guid.NewGuid()
                        )
                    );
            }
        );
    }
}
