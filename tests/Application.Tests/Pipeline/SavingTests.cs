using System.Text.Json;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Export;
using Fitnessify.Application.Guests;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Push;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Push;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Export;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Push;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Application.Tests.Pipeline;

/// <summary>
/// Everything that a use case changes is in its save. When the save is refused, the caller gets its error, nothing has
/// changed, and the same request succeeds later.
/// </summary>
public sealed class SavingTests() : UseCaseTests(Settings())
{
    private const string Request = nameof(Request);

    private static readonly TestCaseData[] Rows =
    [
        // Admin
        Row(async test => new DeleteUserCommand(await test.AdministeredAsync())),
        Row(async test => new DisableUserCommand(await test.AdministeredAsync())),
        Row(async test => new EnableUserCommand(await test.AdministeredAsync(isDisabled: true))),
        Row(async test => new ResetMfaCommand(await test.AdministeredAsync())),
        Row(async test => new SetUserRolesCommand(await test.AdministeredAsync(), new RolesInput([Roles.Support]))),
        Row(async test => new SignOutUserCommand(await test.AdministeredAsync())),
        Row(async test => new UnlockUserCommand(await test.AdministeredAsync())),
        Row(test => new GrantRoleCommand(test._other.Username, Roles.Support)),
        Row(_ => new SeedAdminCommand()),
        Row(_ => new SeedDemoCommand()),
        // Auth
        Row(async test => new ConfirmEmailCommand(
            test._me.UserId,
            await test.MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, test._me.UserId, await test.PendingAsync())
        )),
        Row(async test => new RejectEmailCommand(
            test._me.UserId,
            await test.MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, test._me.UserId, await test.PendingAsync())
        )),
        Row(test => new RevokeReusedSessionCommand(test.Server.Caller.Session!.Id), "reuse", "refresh_token_reused"),
        Row(test => new ForgotPasswordCommand(test._me.Email!)),
        Row(test => new LoginUserCommand(test._me.Username, Password, "Tablet")),
        Row(test => new LoginUserCommand(test._me.Username, "wrong"), "wrong password", "invalid_credentials"),
        Row(
            async test =>
            {
                await test.EnableMfaAsync(test._me.UserId);
                return new LoginUserCommand(test._me.Username, Password);
            },
            "second factor",
            "mfa_required"
        ),
        Row(_ => new LogoutUserCommand()),
        Row(
            async test => new RefreshTokensCommand(await test.UsedRefreshTokenAsync()),
            "reuse",
            "refresh_token_reused"
        ),
        Row(_ => new ReauthenticateCommand(Password)),
        Row(
            async test =>
            {
                var signed = test.Tokens.Sign(await test.LinkAsync());
                return new ReauthenticateCommand(
                    Provider: signed.Provider,
                    IdToken: signed.IdToken,
                    Nonce: signed.Nonce
                );
            },
            "identity"
        ),
        Row(
            async test =>
            {
                await test.AddPasskeyAsync();
                var begun = (await test.SendAsync(new BeginPasskeyReauthenticationCommand())).Value!;
                return new ReauthenticateCommand(
                    ChallengeToken: begun.ChallengeToken,
                    Credential: Ceremonies.Json(test._authenticator.Get(Ceremonies.Read(begun)))
                );
            },
            "passkey"
        ),
        Row(_ => new ReauthenticateCommand("wrong"), "wrong password", "reauthentication_failed"),
        Row(test => new RegisterUserCommand(test.Newcomer.Username!, test.Newcomer.Email!, Password)),
        Row(async test => new ResetPasswordCommand(
            test._me.Email!,
            await test.MailedTokenAsync(AccountTokenPurpose.ResetPassword, test._me.UserId, test._me.Email!),
            NewPassword
        )),
        Row(test => new SendConfirmationCommand(test._me.Email!)),
        Row(async test =>
        {
            var (app, _) = await test.EnableMfaAsync(test._me.UserId);
            return new VerifyMfaCommand(await test.ChallengeTokenAsync(test._me), app.Code());
        }),
        // Guests
        Row(_ => new StartGuestCommand(Guid.NewGuid())),
        Row(async test =>
        {
            await test.BecomeGuestAsync();
            return new RegisterGuestCommand(test.Newcomer.Username!, test.Newcomer.Email!, Password);
        }),
        Row(
            async test =>
            {
                (test._other, var guestToken) = await test.StartGuestAsync();
                await test.CreateTaskAsync();
                return new LoginUserCommand(test._me.Username, Password, GuestToken: guestToken);
            },
            "guest"
        ),
        // Identities
        Row(
            async test =>
            {
                await test.BecomeGuestAsync();
                return LinkOf(test.Tokens.Sign(FakeIdentityTokens.NewSubject())) with { Password = null };
            },
            "guest"
        ),
        Row(test => LinkOf(test.Tokens.Sign(FakeIdentityTokens.NewSubject()))),
        Row(
            async test => new LinkIdentityCommand(
                (string)
                    (
                        await test.FailsAsync(
                            SignInOf(test.Tokens.Sign(FakeIdentityTokens.NewSubject(), test._me.Email)),
                            "identity_not_linked"
                        )
                    ).Details!["linkToken"],
                Password: Password
            ),
            "link token"
        ),
        Row(test => SignInOf(test.Tokens.Sign(FakeIdentityTokens.NewSubject(), test.Newcomer.Email)), "new"),
        Row(async test => SignInOf(test.Tokens.Sign(await test.LinkAsync()))),
        Row(
            async test =>
            {
                var subject = await test.LinkAsync();
                await test.EnableMfaAsync(test._me.UserId);
                return SignInOf(test.Tokens.Sign(subject));
            },
            "second factor",
            "mfa_required"
        ),
        Row(
            test => SignInOf(test.Tokens.Sign(FakeIdentityTokens.NewSubject(), test._other.Email)),
            "address of an account",
            "identity_not_linked"
        ),
        Row(
            _ => new LoginIdentityCommand(FakeIdentityTokens.Google.Name, "unknown", "nonce"),
            "unknown token",
            "identity_token_invalid"
        ),
        Row(async test => new ReceiveAppleNotificationCommand(
            test.Tokens.SignEvent(await test.LinkAsync(FakeIdentityTokens.Apple))
        )),
        Row(async test =>
        {
            await test.LinkAsync();
            return new UnlinkIdentityCommand((await test.Records.IdentitiesAsync(test._me.UserId))[0].Id, Password);
        }),
        // Lists
        Row(_ => new CreateListCommand(new ListInput("Training"))),
        Row(async test => new DeleteListCommand(await test.CreateListAsync(), Precondition.None)),
        Row(async test => new PatchListCommand(
            await test.CreateListAsync(),
            new ListPatch(new("Sport"), default, default, default),
            Precondition.None
        )),
        Row(_ => new ReplaceListCommand(Guid.NewGuid(), new ListInput("Sport"), Precondition.None), "new"),
        Row(async test => new ReplaceListCommand(
            await test.CreateListAsync(),
            new ListInput("Sport"),
            Precondition.None
        )),
        Row(
            async test =>
            {
                var id = await test.CreateListAsync();
                await test.SendAsync(new DeleteListCommand(id, Precondition.None));
                return new ReplaceListCommand(id, new ListInput("Training"), Precondition.None);
            },
            "deleted"
        ),
        // Mfa
        Row(async test => new ConfirmTotpCommand((await test.BeginMfaAsync(test._me.UserId)).Code())),
        Row(async test => new DisableMfaCommand(Password, (await test.EnableMfaAsync(test._me.UserId)).App.Code())),
        Row(_ => new EnrolTotpCommand("wrong"), "wrong password", "reauthentication_failed"),
        Row(async test =>
        {
            var (app, _) = await test.EnableMfaAsync(test._me.UserId);
            return new ReplaceRecoveryCodesCommand(Password, app.Code());
        }),
        // Notifications
        Row(async test => new CompleteNotificationCommand(await test.AlertAsync())),
        Row(async test =>
        {
            await test.NotifyAsync();
            return new ReadAllNotificationsCommand();
        }),
        Row(async test => new ReadNotificationCommand(await test.NotifyAsync())),
        Row(_ => new SetNotificationSettingsCommand(true, true, "22:00", "07:30")),
        Row(async test => new SnoozeNotificationCommand(await test.AlertAsync(), new SnoozeInput(10))),
        // Passkeys
        Row(
            async test =>
            {
                await test.BecomeGuestAsync();
                var begin = new BeginPasskeyCommand(Username: test.Newcomer.Username);
                var begun = (await test.SendAsync(begin)).Value!;
                return new AddPasskeyCommand(
                    begun.ChallengeToken,
                    Ceremonies.Json(test._authenticator.Create(Ceremonies.Read(begun)))
                );
            },
            "guest"
        ),
        Row(test => test.Server.RegistrationAsync(test._authenticator, Password)),
        Row(_ => new BeginPasskeyCommand(Password)),
        Row(_ => new BeginPasskeyLoginCommand()),
        Row(_ => new BeginPasskeyReauthenticationCommand()),
        Row(async test =>
        {
            await test.AddPasskeyAsync();
            return await test.Server.AuthenticationAsync(test._authenticator);
        }),
        Row(
            _ => new LoginPasskeyCommand("unknown", new Dictionary<string, object?> { ["id"] = "AQID" }),
            "unknown challenge token",
            "passkey_invalid"
        ),
        Row(async test => new RemovePasskeyCommand(await test.AddPasskeyAsync(), Password)),
        // Push
        Row(_ => new PutDeviceCommand(Guid.NewGuid(), DeviceShapes.Browser()), "new"),
        Row(async test => new PutDeviceCommand(await test.PutDeviceAsync(), DeviceShapes.Browser())),
        Row(async test => new RemoveDeviceCommand(await test.PutDeviceAsync())),
        Row(async test => new TestDeviceCommand(await test.PutDeviceAsync())),
        // Sessions
        Row(async test =>
        {
            await test.Server.SignInAsync(test._me.UserId);
            return new RevokeOtherSessionsCommand();
        }),
        Row(async test => new RevokeSessionCommand((await test.Server.SignInAsync(test._me.UserId)).Id)),
        // Tasks
        Row(_ => new CreateTaskCommand(new TaskInput("Leg day"))),
        Row(async test => new DeleteTaskCommand(await test.CreateTaskAsync(), Precondition.None)),
        Row(async test => new PatchTaskCommand(
            await test.CreateTaskAsync(),
            Patch.Title("Arm day"),
            Precondition.None
        )),
        Row(_ => new ReplaceTaskCommand(Guid.NewGuid(), new TaskInput("Arm day"), Precondition.None), "new"),
        Row(async test => new ReplaceTaskCommand(
            await test.CreateTaskAsync(),
            new TaskInput("Arm day"),
            Precondition.None
        )),
        Row(async test =>
        {
            var id = await test.CreateTaskAsync();
            await test.SendAsync(new DeleteTaskCommand(id, Precondition.None));
            return new RestoreTaskCommand(id, Precondition.None);
        }),
        // Users
        Row(test => new ChangeEmailCommand(test.Newcomer.Email!, Password)),
        Row(async test =>
        {
            await test.Server.SignInAsync(test._me.UserId);
            return new ChangePasswordCommand(NewPassword, Password);
        }),
        Row(_ => new DeleteMeCommand(Password)),
        Row(_ => new ExportMeCommand(Password)),
        Row(test => new UpdateMeCommand(new(test.Newcomer.Username))),
    ];

    private static readonly string[] Exceptions =
    [
        // This use case returns the results of its operations; the test for batches below covers it.
        nameof(BatchTasksCommand),
        // This use case covers all accounts and retries after some errors; RaiseAlertsTests covers the errors that it returns.
        nameof(RaiseAlertsCommand),
        // This use case covers all accounts; PurgeUnconfirmedTests covers it in a database of its own.
        nameof(PurgeUnconfirmedCommand),
        // This use case covers all guests; PurgeGuestsTests covers it in a database of its own.
        nameof(PurgeGuestsCommand),
    ];

    private static readonly Type[] ApplicationTypes = typeof(Application.DependencyInjection).Assembly.GetTypes();

    private readonly SoftAuthenticator _authenticator = PasskeyCalls.Authenticator();
    private Credentials _me = null!;
    private Credentials _other = null!;

    /// <summary>A user who does not exist yet.</summary>
    private SeedAdminOptions Newcomer => Server.Get<SeedAdminOptions>();

    [SetUp]
    public async Task SignInNewUser()
    {
        _me = await SignInNewUserAsync();
        _other = await SignUpAsync();
    }

    [TearDown]
    public void DisposeAuthenticator() => _authenticator.Dispose();

    [TestCaseSource(nameof(Rows))]
    public async Task A_refused_save_changes_nothing_and_the_same_request_succeeds_later(
        Func<SavingTests, Task<IBaseRequest>> arrange,
        string? code
    )
    {
        var request = await arrange(this);
        var before = await StoredAsync();
        Saves.Refusal = Given.Failure;

        Assert.That(await ErrorOfAsync(request), Is.EqualTo(Given.Failure));

        Assert.That(await StoredAsync(), Is.EqualTo(before));
        Saves.Refusal = null;
        Assert.That((await ErrorOfAsync(request))?.Code, Is.EqualTo(code));
    }

    [TestCase(true, "any_failure, batch_failed")]
    [TestCase(false, "any_failure, any_failure")]
    public async Task A_batch_reports_a_refused_save_for_its_operations(bool atomic, string codes)
    {
        var task = await CreateTaskAsync();
        var before = await StoredAsync();
        Saves.Refusal = Given.Failure;

        var outcome = (
            await SendAsync(
                new BatchTasksCommand(
                    [
                        new TaskOperation(TaskOperationKind.Create, Guid.NewGuid(), Task: Patch.Title("Arm day")),
                        new TaskOperation(TaskOperationKind.Delete, task),
                    ],
                    atomic
                )
            )
        ).Value!;

        Assert.That(string.Join(", ", outcome.Results.Select(result => result.Error?.Code)), Is.EqualTo(codes));
        Assert.That(outcome.IsApplied, Is.EqualTo(!atomic));
        Assert.That(await StoredAsync(), Is.EqualTo(before));
    }

    [Test]
    public void Every_use_case_that_saves_has_a_test_case() =>
        Assert.That(
            Rows.Select(row => row.Properties.Get(Request)).Distinct().Concat(Exceptions),
            Is.EquivalentTo(
                from handler in ApplicationTypes
                from contract in handler.GetInterfaces()
                where contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)
                where NeedsUnitOfWork(handler)
                select contract.GetGenericArguments()[0].Name
            )
        );

    // The save may happen in another class of the layer, or in an implementation of its port.
    private static bool NeedsUnitOfWork(Type type) =>
        type == typeof(IUnitOfWork)
        || ApplicationTypes
            .Where(type.IsAssignableFrom)
            .SelectMany(implementation => implementation.GetConstructors())
            .SelectMany(constructor => constructor.GetParameters())
            .Any(parameter => NeedsUnitOfWork(parameter.ParameterType));

    /// <summary>A use case that saves.</summary>
    /// <param name="arrange">Prepares the state in which the command is sent.</param>
    /// <param name="when">Selects the save to refuse when it is not that of success.</param>
    /// <param name="code">The code of the result when the save succeeds.</param>
    private static TestCaseData Row<TRequest>(
        Func<SavingTests, Task<TRequest>> arrange,
        string? when = null,
        string? code = null
    )
        where TRequest : IBaseRequest
    {
        var name = typeof(TRequest).Name + (when is null ? "" : $", {when}");
        Func<SavingTests, Task<IBaseRequest>> any = async test => await arrange(test);
        return new TestCaseData(any, code).SetArgDisplayNames(name).SetProperty(Request, typeof(TRequest).Name);
    }

    private static TestCaseData Row<TRequest>(
        Func<SavingTests, TRequest> arrange,
        string? when = null,
        string? code = null
    )
        where TRequest : IBaseRequest => Row(test => Task.FromResult(arrange(test)), when, code);

    private static (string Key, string Value)[] Settings()
    {
        var name = Instance.NewName();
        return
        [
            ("Accounts:Guests", "true"),
            ("Seed:Admin:Username", name),
            ("Seed:Admin:Email", $"{name}@example.org"),
            ("Seed:Admin:Password", Password),
        ];
    }

    /// <summary>Returns everything stored about the accounts, their mails, and the audit events of this caller.</summary>
    private async Task<string> StoredAsync()
    {
        List<object?> all =
        [
            await Records.MailsToAsync(_me.Email ?? ""),
            await Records.AccountAsync(Newcomer.Username!),
        ];
        foreach (var id in new[] { _me.UserId, _other.UserId })
        {
            all.AddRange(
                await Records.AccountAsync(id),
                await Records.UserAsync(id),
                await Records.SecondFactorAsync(id),
                await Server.UseAsync((IPasskeys passkeys) => passkeys.ListAsync(id, default)),
                (await Records.IdentitiesAsync(id)).Select(identity => identity.Id),
                await Server.UseAsync((IListRepository lists) => lists.ListAsync(id, default)),
                await Server.UseAsync((INotificationSettingsRepository settings) => settings.GetAsync(id, default)),
                await Server.UseAsync((IDeviceRepository devices) => devices.ListAsync(id, Now, default)),
                await MessagesAsync(id),
                await Server.UseAsync(
                    async (IPersonalData data) =>
                        new object[]
                        {
                            await data.SessionsAsync(id, default).ToListAsync(),
                            await data.AuditEventsAsync(id, default).ToListAsync(),
                            await data.NotificationsAsync(id, default).ToListAsync(),
                            await data.MailsAsync(id, default).ToListAsync(),
                            await data.TasksAsync(id, default).ToListAsync(),
                        }
                )
            );
        }

        var recorded = await Server.UseAsync(
            (IAuditTrail audit) =>
                audit.SearchAsync(
                    _me.UserId,
                    new AuditFilter(null, null, Given.Now, null),
                    new PageRequest(100_000, null),
                    default
                )
        );
        all.Add(recorded.Value!.Items.Where(e => e.IpAddress == Server.Caller.IpAddress));
        return JsonSerializer.Serialize(all);
    }

    private async Task<List<PushDelivery>> MessagesAsync(Guid id)
    {
        List<PushDelivery> messages = [];
        await Server.InDatabaseAsync(async context =>
            messages = await context
                .Set<PushDelivery>()
                .AsNoTracking()
                .Where(message => message.OwnerId == id)
                .ToListAsync()
        );
        return messages;
    }

    /// <summary>Makes the caller an admin.</summary>
    /// <returns>A user with a session, a second factor and a passkey.</returns>
    private async Task<Guid> AdministeredAsync(bool isDisabled = false)
    {
        await AdministerAsync(port => port.SetRoles(_me.UserId, [Roles.Admin, Roles.Member]));
        var mine = Server.Caller.Session;
        Server.Caller.Session = await Server.SignInAsync(_other.UserId);
        await AddPasskeyAsync();
        Server.Caller.Session = mine;
        await EnableMfaAsync(_other.UserId);
        if (isDisabled)
        {
            await ChangeAsync(_other.UserId, row => row.Disable(Now));
        }

        return _other.UserId;
    }

    private async Task BecomeGuestAsync() => (_me, _) = await StartGuestAsync();

    /// <returns>The pending address.</returns>
    private async Task<string> PendingAsync()
    {
        await ChangeAsync(_me.UserId, row => row.RequestEmailChange(Newcomer.Email!));
        return Newcomer.Email!;
    }

    /// <returns>The refresh token before the previous one.</returns>
    private async Task<string> UsedRefreshTokenAsync()
    {
        var first = (await SendAsync(new LoginUserCommand(_me.Username, Password))).Value!.RefreshToken;
        var second = (await SendAsync(new RefreshTokensCommand(first))).Value!.RefreshToken;
        await SendAsync(new RefreshTokensCommand(second));
        return first;
    }

    private async Task<Guid> NotifyAsync()
    {
        var notification = Overdue.Notification(_me.UserId, "Run", Now);
        await SaveAsync((INotificationRepository notifications) => notifications.Add(notification));
        return notification.Id;
    }

    private async Task<Guid> AlertAsync()
    {
        await SendAsync(new CreateTaskCommand(new TaskInput("Run", DueAt: Now.AddMinutes(-1))));
        await SendAsync(new RaiseAlertsCommand());
        return (await SendAsync(new ListNotificationsQuery(null, 1, null))).Value!.Items[0].Id;
    }

    private async Task<string> AddPasskeyAsync() =>
        (await SendAsync(await Server.RegistrationAsync(_authenticator, Password))).Value!.Id;

    private async Task<Guid> PutDeviceAsync()
    {
        var put = await SendAsync(new PutDeviceCommand(Guid.NewGuid(), DeviceShapes.Android()));
        return put.Value!.Device.Id;
    }

    private static LoginIdentityCommand SignInOf(SignedIdentity signed) =>
        new(signed.Provider, signed.IdToken, signed.Nonce);

    private static LinkIdentityCommand LinkOf(SignedIdentity signed) =>
        new(null, signed.Provider, signed.IdToken, signed.Nonce, Password: Password);

    /// <summary>Links an identity to the caller.</summary>
    /// <returns>The subject.</returns>
    private async Task<string> LinkAsync(IdentityProvider? provider = null)
    {
        var subject = FakeIdentityTokens.NewSubject();
        Assert.That((await SendAsync(LinkOf(Tokens.Sign(subject, provider: provider)))).Error, Is.Null);
        return subject;
    }

    private async Task<Guid> CreateListAsync() =>
        (await SendAsync(new CreateListCommand(new ListInput("Training")))).Value!.Id;

    private async Task<Guid> CreateTaskAsync() =>
        (await SendAsync(new CreateTaskCommand(new TaskInput("Leg day")))).Value!.Id;
}
