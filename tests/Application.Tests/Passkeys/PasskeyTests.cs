using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;

namespace Fitnessify.Application.Tests.Passkeys;

/// <summary>Somebody who is signed in, with an authenticator.</summary>
public abstract class PasskeyTests(params (string Key, string Value)[] settings) : UseCaseTests(settings)
{
    private protected static readonly Dictionary<string, object?> Credential = new() { ["id"] = "AQID" };

    private protected SoftAuthenticator Authenticator { get; private set; } = null!;

    private protected Credentials Account { get; set; } = null!;

    [SetUp]
    public async Task Enter()
    {
        Authenticator = PasskeyCalls.Authenticator();
        Account = await EnterAsync();
    }

    [TearDown]
    public void DisposeAuthenticator() => Authenticator.Dispose();

    /// <summary>What the trail says of an act of the user.</summary>
    private protected Told Done(AuditEventType type) => Told.Of(type, Account.UserId, Server.Caller.Session!.Id);

    private protected async Task<PasskeyDto> AddAsync(string? name = null) =>
        (await SendAsync(await Server.RegistrationAsync(Authenticator, Password, name))).Value!;

    private protected async Task<IReadOnlyList<PasskeyDto>> ListAsync() =>
        (await SendAsync(new ListPasskeysQuery())).Value!.Items;
}
