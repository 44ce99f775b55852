using Fitnessify.Application.Auth;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Fitnessify.Application.Tests.Support;

/// <summary>
/// Use cases through the whole pipeline, on a server of the test's own and the database of the run. What is asserted is what
/// they answer, store and send.
/// </summary>
public abstract class UseCaseTests : IAsyncDisposable
{
    /// <summary>Of every account that is signed up here.</summary>
    protected const string Password = "correct horse battery";

    /// <summary>As good as the other.</summary>
    protected const string NewPassword = "seven purple umbrellas";

    protected UseCaseTests(params (string Key, string Value)[] settings)
    {
        Server = TestRun.Database.Start(Watch, settings);
        Server.Clock.SetUtcNow(Given.Now);
        Hashing = (WatchedHashing)Server.Get<IPasswordHashing>();
        Records = new Records(Server);
    }

    private protected Instance Server { get; }

    private protected WatchedHashing Hashing { get; }

    private protected WatchedSaves Saves { get; } = new();

    private protected Records Records { get; }

    /// <summary>What the server would say now.</summary>
    protected DateTimeOffset Now => Server.Clock.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<TResult> SendAsync<TResult>(IRequest<TResult> request) => Server.SendAsync(request);

    /// <summary>Sends what has to be refused.</summary>
    private protected async Task<Error> FailsAsync(IRequest<Result> request, string code) =>
        Refused((await SendAsync(request)).Error, code);

    /// <summary>The same of what answers with something.</summary>
    private protected async Task<Error> FailsAsync<T>(IRequest<Result<T>> request, string code) =>
        Refused((await SendAsync(request)).Error, code);

    /// <summary>Why a request of whatever kind is refused; null when it is not.</summary>
    private protected async Task<Error?> ErrorOfAsync(IBaseRequest request) =>
        (await SendAsync((dynamic)request)).Error;

    private static Error Refused(Error? error, string code)
    {
        Assert.That(error?.Code, Is.EqualTo(code));
        return error!;
    }

    /// <summary>An account with <see cref="Password"/>, and what sign-in compares of it.</summary>
    private protected async Task<Credentials> SignUpAsync(bool isConfirmed = true)
    {
        var user = await Server.SignUpAsync(Password);
        if (isConfirmed)
        {
            await ChangeAsync(user.Id, row => row.ConfirmEmail(user.Email));
        }

        return (await Records.AccountAsync(user.Id))!;
    }

    /// <summary>The same, and the caller of what is sent from now on is signed in to it.</summary>
    private protected async Task<Credentials> EnterAsync()
    {
        var account = await SignUpAsync();
        Server.Caller.Session = await Server.SignInAsync(account.UserId);
        return account;
    }

    /// <summary>The session with its present counter, as a client has it.</summary>
    private protected async Task<Session> SessionAsync(Session session) =>
        (await Records.SessionsAsync(session.OwnerId)).Single(row => row.Id == session.Id);

    private protected async Task ChangeAsync(Guid userId, Action<Account> change) =>
        Assert.That((await Server.ChangeAsync(userId, change)).Error, Is.Null);

    /// <summary>Does something in a unit of work of its own, as another request would.</summary>
    private protected async Task SaveAsync<TService>(Func<TService, Task> act)
        where TService : notnull
    {
        await using var scope = Server.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<TService>());
        var saved = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
        Assert.That(saved.Error, Is.Null);
    }

    /// <summary>The same of an act that is at once in the unit of work.</summary>
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

    /// <summary>One attempt to guess a password or a code.</summary>
    private protected Task<Result> TakeAttemptAsync(string identifier) =>
        Server.UseAsync((ISignInThrottle throttle) => throttle.TakeAttemptAsync(Of(identifier), default));

    private static Attempt Of(string identifier) =>
        identifier.Contains('\u001f', StringComparison.Ordinal) ? Attempt.Of(identifier) : Attempt.SignIn(identifier);

    /// <summary>Begins to set up the second factor.</summary>
    /// <returns>The authenticator app that has the seed.</returns>
    private protected async Task<Authenticator> BeginMfaAsync(Guid userId)
    {
        byte[] seed = [];
        await SaveAsync((IMfaRepository factors) => seed = factors.Begin(userId));
        return new(Totp.ToBase32(seed), Server.Clock);
    }

    /// <summary>Switches the second factor on.</summary>
    /// <returns>The authenticator app, and the recovery codes.</returns>
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

    /// <summary>Gives the right password of an account whose second factor is on.</summary>
    /// <returns>What the second step takes beside the code.</returns>
    private protected async Task<string> ChallengeTokenAsync(Credentials account, string? device = null)
    {
        var asked = await FailsAsync(new LoginUserCommand(account.Username, Password, device), "mfa_required");
        return (string)asked.Details!["challengeToken"];
    }

    /// <summary>The refresh token of its present counter.</summary>
    private protected string RefreshTokenOf(Session session) =>
        Server.Get<ISessionTokens>().Issue(session, Now).RefreshToken;

    /// <summary>A token as it stands in a mail to the address of the account.</summary>
    private protected async Task<string> MailedTokenAsync(AccountTokenPurpose purpose, Guid userId, string address) =>
        (
            await Server.UseAsync(
                (IAccountTokens tokens) =>
                    tokens.IssueAsync(purpose, userId, address, Server.Clock.GetUtcNow(), default)
            )
        )!;

    /// <summary>What the audit trail says was done to the account, oldest first, without repeating when and from where.</summary>
    private protected async Task<List<Told>> ToldAsync(Guid userId) =>
        [.. (await Records.EventsAsync(userId)).Select(Told.From)];

    /// <summary>What <see cref="ToldAsync"/> leaves out: all of it was done now, to the millisecond, from where the caller is.</summary>
    private protected async Task AssertHereAndNowAsync(Guid userId) =>
        Assert.That(
            (await Records.EventsAsync(userId)).Select(told => (told.At, told.IpAddress)),
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
        var unitOfWork = services.Last(service => service.ServiceType == typeof(IUnitOfWork));
        services.Replace(
            ServiceDescriptor.Scoped(provider => Saves.Watch((IUnitOfWork)unitOfWork.ImplementationFactory!(provider)))
        );
    }
}

/// <summary>What an audit event says, but for its id, time and address.</summary>
internal sealed record Told(
    AuditEventType Type,
    AuditOutcome Outcome,
    Guid? ActorId,
    Guid? SubjectId,
    Guid? SessionId = null,
    string? Device = null
)
{
    /// <summary>Something that a user did to their own account.</summary>
    public static Told Of(AuditEventType type, Guid userId, Guid? sessionId = null, string? device = null) =>
        new(type, AuditOutcome.Succeeded, userId, userId, sessionId, device);

    public static Told From(AuditEvent e) => new(e.Type, e.Outcome, e.ActorId, e.SubjectId, e.SessionId, e.Device);
}
