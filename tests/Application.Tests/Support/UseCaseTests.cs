using Fitnessify.Application.Auth;
using Fitnessify.Application.Guests;
using Fitnessify.Application.Tests.Push;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fitnessify.Application.Tests.Support;

/// <summary>
/// Runs use cases through the whole pipeline, on the test's own server and the shared database. The tests assert what the use
/// cases return, store and send.
/// </summary>
public abstract class UseCaseTests : IAsyncDisposable
{
    /// <summary>The password of every account that is created here.</summary>
    protected const string Password = "correct horse battery";

    /// <summary>Another acceptable password.</summary>
    protected const string NewPassword = "seven purple umbrellas";

    protected UseCaseTests(params (string Key, string Value)[] settings)
    {
        Server = TestRun.Database.Start(Watch, settings);
        Server.Clock.SetUtcNow(Given.Now);
        Hashing = (WatchedHashing)Server.Get<IPasswordHashing>();
        Tokens = (FakeIdentityTokens)Server.Get<IIdentityTokens>();
        Grants = (FakeIdentityGrants)Server.Get<IIdentityGrants>();
        Records = new Records(Server);
    }

    private protected Instance Server { get; }

    private protected WatchedHashing Hashing { get; }

    private protected WatchedSaves Saves { get; } = new();

    private protected FakeIdentityTokens Tokens { get; }

    private protected FakeIdentityGrants Grants { get; }

    private protected Records Records { get; }

    /// <summary>Gets the current time of the server, in milliseconds.</summary>
    protected DateTimeOffset Now => Server.Clock.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<TResult> SendAsync<TResult>(IRequest<TResult> request) => Server.SendAsync(request);

    /// <summary>Sends a request that must fail.</summary>
    private protected async Task<Error> FailsAsync(IRequest<Result> request, string code) =>
        Refused((await SendAsync(request)).Error, code);

    /// <summary>Sends a request with a value as its result, which must fail.</summary>
    private protected async Task<Error> FailsAsync<T>(IRequest<Result<T>> request, string code) =>
        Refused((await SendAsync(request)).Error, code);

    /// <summary>Returns the error of any kind of request, or null after success.</summary>
    private protected async Task<Error?> ErrorOfAsync(IBaseRequest request) =>
        (await SendAsync((dynamic)request)).Error;

    private static Error Refused(Error? error, string code)
    {
        Assert.That(error?.Code, Is.EqualTo(code));
        return error!;
    }

    /// <summary>Creates an account with <see cref="Password"/> and returns its credentials.</summary>
    private protected async Task<Credentials> SignUpAsync(bool isConfirmed = true)
    {
        var user = await Server.SignUpAsync(Password);
        if (isConfirmed)
        {
            await ChangeAsync(user.Id, row => row.ConfirmEmail(user.Email!));
        }

        return (await Records.AccountAsync(user.Id))!;
    }

    /// <summary>Creates an account and signs its user in as the caller of the following requests.</summary>
    private protected async Task<Credentials> SignInNewUserAsync()
    {
        var account = await SignUpAsync();
        Server.Caller.Session = await Server.SignInAsync(account.UserId);
        return account;
    }

    /// <summary>Makes a new guest the caller of the following requests, where the server has guests.</summary>
    /// <returns>The account of the guest, and its refresh token.</returns>
    private protected async Task<(Credentials Guest, string RefreshToken)> StartGuestAsync()
    {
        var tokens = (await SendAsync(new StartGuestCommand(Guid.NewGuid()))).Value!;
        Server.Caller.Session = await Server.UseAsync(
            (ISessionRepository sessions) => sessions.FindAsync(tokens.SessionId, default)
        );
        return ((await Records.AccountAsync(Server.Caller.Session!.OwnerId))!, tokens.RefreshToken);
    }

    /// <summary>Returns the tokens of the session with its current counter, as a client has them.</summary>
    private protected async Task<Session> SessionAsync(Session session) =>
        (await Records.SessionsAsync(session.OwnerId)).Single(row => row.Id == session.Id);

    private protected async Task ChangeAsync(Guid userId, Action<Account> change) =>
        Assert.That((await Server.ChangeAsync(userId, change)).Error, Is.Null);

    /// <summary>Runs an action in a separate unit of work, as another request would.</summary>
    private protected async Task SaveAsync<TService>(Func<TService, Task> act)
        where TService : notnull
    {
        await using var scope = Server.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        Assert.That(saved.Error, Is.Null);
    }

    /// <summary>Runs a synchronous action in a separate unit of work.</summary>
    private protected Task SaveAsync<TService>(Action<TService> act)
        where TService : notnull =>
        SaveAsync(
            (TService service) =>
            {
                act(service);
                return Task.CompletedTask;
            }
        );

    /// <summary>Changes an account as an admin would, whoever the caller is.</summary>
    private protected Task AdministerAsync(Action<IAdminRepository> act) => SaveAsync(act);

    /// <summary>Makes one attempt to guess a password or a code.</summary>
    private protected Task<Result> TakeAttemptAsync(string identifier) =>
        Server.UseAsync((ISignInThrottle throttle) => throttle.TakeAttemptAsync(Of(identifier), default));

    private static Attempt Of(string identifier) =>
        identifier.Contains('\u001f', StringComparison.Ordinal) ? Attempt.Of(identifier) : Attempt.SignIn(identifier);

    /// <summary>Starts the setup of the second factor.</summary>
    /// <returns>The authenticator app with the seed.</returns>
    private protected async Task<Authenticator> BeginMfaAsync(Guid userId)
    {
        byte[] seed = [];
        await SaveAsync((IMfaRepository factors) => seed = factors.Begin(userId));
        return new(Totp.ToBase32(seed), Server.Clock);
    }

    /// <summary>Turns the second factor on.</summary>
    /// <returns>The authenticator app and the recovery codes.</returns>
    private protected async Task<(Authenticator App, IReadOnlyList<string> RecoveryCodes)> EnableMfaAsync(Guid userId)
    {
        var app = await BeginMfaAsync(userId);
        IReadOnlyList<string> codes = [];
        await SaveAsync(
            async (IMfaRepository factors) =>
            {
                Assert.That(await factors.TryConfirmAsync(userId, app.Code(), Now, default), Is.True);
                codes = await factors.ReplaceRecoveryCodesAsync(userId, default);
            }
        );
        // The code of this step is used up.
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        return (app, codes);
    }

    /// <summary>Gives the correct password of an account whose second factor is on.</summary>
    /// <returns>The challenge token for the second step.</returns>
    private protected async Task<string> ChallengeTokenAsync(Credentials account, string? device = null)
    {
        var refused = await FailsAsync(new LoginUserCommand(account.Username, Password, device), "mfa_required");
        return (string)refused.Details!["challengeToken"];
    }

    /// <summary>Returns the refresh token with the current counter.</summary>
    private protected string RefreshTokenOf(Session session) =>
        Server.Get<ISessionTokens>().Issue(session, Now).RefreshToken;

    /// <summary>Returns a token as in a mail to the address of the account.</summary>
    private protected async Task<string> MailedTokenAsync(
        AccountTokenPurpose purpose,
        Guid userId,
        string address,
        Instance? server = null
    ) =>
        (
            await (server ?? Server).UseAsync(
                (IAccountTokens tokens) =>
                    tokens.IssueAsync(purpose, userId, address, Server.Clock.GetUtcNow(), default)
            )
        )!;

    /// <summary>Returns the audit events of the account, oldest first, without their time and network address.</summary>
    private protected async Task<List<RecordedEvent>> RecordedAsync(Guid userId) =>
        [.. (await Records.EventsAsync(userId)).Select(RecordedEvent.From)];

    /// <summary>Asserts what <see cref="RecordedAsync"/> omits: all events happened now and at the caller's address.</summary>
    private protected async Task AssertTimeAndAddressAsync(Guid userId) =>
        Assert.That(
            (await Records.EventsAsync(userId)).Select(recorded => (recorded.At, recorded.IpAddress)),
            Is.All.EqualTo((Server.Clock.Now(), Server.Caller.IpAddress))
        );

    private void Watch(IServiceCollection services)
    {
        var hashing = services.Last(service => service.ServiceType == typeof(IPasswordHashing));
        services.Replace(
            ServiceDescriptor.Singleton<IPasswordHashing>(provider => new WatchedHashing(
                (IPasswordHashing)ActivatorUtilities.CreateInstance(provider, hashing.ImplementationType!)
            ))
        );
        services.Replace(ServiceDescriptor.Singleton<IIdentityTokens, FakeIdentityTokens>());
        services.Replace(ServiceDescriptor.Singleton<IIdentityGrants, FakeIdentityGrants>());
        services.Replace(ServiceDescriptor.Singleton<IPushPlatforms, FakePushPlatforms>());
        var unitOfWork = services.Last(service => service.ServiceType == typeof(IUnitOfWork));
        services.Replace(
            ServiceDescriptor.Scoped(provider =>
                Saves.Watch((IUnitOfWork)unitOfWork.ImplementationFactory!(provider), provider)
            )
        );
    }
}

/// <summary>An audit event without its id, time and network address.</summary>
internal sealed record RecordedEvent(
    AuditEventType Type,
    AuditOutcome Outcome,
    Guid? ActorId,
    Guid? SubjectId,
    Guid? SessionId = null,
    string? Device = null
)
{
    /// <summary>Creates the event of something that a user did to their own account.</summary>
    public static RecordedEvent Of(AuditEventType type, Guid userId, Guid? sessionId = null, string? device = null) =>
        new(type, AuditOutcome.Succeeded, userId, userId, sessionId, device);

    public static RecordedEvent From(AuditEvent e) =>
        new(e.Type, e.Outcome, e.ActorId, e.SubjectId, e.SessionId, e.Device);
}
