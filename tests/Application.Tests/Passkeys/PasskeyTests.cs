using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;

namespace Fitnessify.Application.Tests.Passkeys;

/// <summary>A signed-in user with an authenticator.</summary>
public abstract class PasskeyTests(params (string Key, string Value)[] settings) : UseCaseTests(settings)
{
    private protected static readonly Dictionary<string, object?> Credential = new() { ["id"] = "AQID" };

    private protected SoftAuthenticator Authenticator { get; private set; } = null!;

    private protected Credentials Account { get; set; } = null!;

    [SetUp]
    public async Task SignInNewUser()
    {
        Authenticator = PasskeyCalls.Authenticator();
        Account = await SignInNewUserAsync();
    }

    [TearDown]
    public void DisposeAuthenticator() => Authenticator.Dispose();

    /// <summary>Returns the audit event of an action of the user.</summary>
    private protected RecordedEvent Done(AuditEventType type) =>
        RecordedEvent.Of(type, Account.UserId, Server.Caller.Session!.Id);

    private protected async Task<PasskeyDto> AddAsync(string? name = null) =>
        (await SendAsync(await Server.RegistrationAsync(Authenticator, Password, name))).Value!;

    private protected async Task<IReadOnlyList<PasskeyDto>> ListAsync() =>
        (await SendAsync(new ListPasskeysQuery())).Value!.Items;
}
