using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Passkeys;

/// <summary>Passkeys and tickets that answer as they are told to, and write down what is asked of them among the steps of the ports.</summary>
internal sealed class StoredPasskeys(Ports ports) : IPasskeys, ITickets
{
    public static readonly IReadOnlyDictionary<string, object?> Credential = new Dictionary<string, object?>
    {
        ["id"] = "AQID",
    };

    public List<Passkey> Rows { get; } = [];

    /// <summary>Whether the answer of the authenticator holds.</summary>
    public bool IsValid { get; set; } = true;

    /// <summary>Whose passkey signs in.</summary>
    public Guid UserId { get; set; } = ports.Id;

    public Ticket? Ticket { get; set; }

    public Task<PasskeyChallenge> AskForNewAsync(Guid userId, string username, CancellationToken cancellationToken)
    {
        ports.Steps.Add($"ask {username} for a new passkey");
        Assert.That(userId, Is.EqualTo(ports.Id));
        return Task.FromResult(new PasskeyChallenge("""{"challenge":"x"}""", "state"));
    }

    public Task<Passkey?> AddAsync(
        Guid userId,
        string state,
        string credential,
        string? name,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        ports.Steps.Add($"add {credential} after {state}");
        Assert.That(userId, Is.EqualTo(ports.Id));
        return Task.FromResult(IsValid ? new Passkey("AQID", name, now, IsBackedUp: false) : null);
    }

    public Task<PasskeyChallenge> AskToSignInAsync(CancellationToken cancellationToken)
    {
        ports.Steps.Add("ask anybody to sign in");
        return Task.FromResult(new PasskeyChallenge("""{"challenge":"y"}""", "state"));
    }

    public Task<Guid?> VerifyAsync(string state, string credential, CancellationToken cancellationToken)
    {
        ports.Steps.Add($"verify {credential} after {state}");
        return Task.FromResult<Guid?>(IsValid ? UserId : null);
    }

    public Task<IReadOnlyList<Passkey>> ListAsync(Guid userId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Passkey>>(userId == ports.Id ? Rows : []);

    public Task<bool> RemoveAsync(Guid userId, string? id, CancellationToken cancellationToken)
    {
        ports.Steps.Add($"remove passkey {id ?? "of any id"}");
        return Task.FromResult(userId == ports.Id && Rows.RemoveAll(row => id is null || row.Id == id) > 0);
    }

    public string Issue(TicketPurpose purpose, Guid? userId, string? content, DateTimeOffset now)
    {
        ports.Steps.Add($"issue {purpose} ticket with {content}");
        Assert.That(now, Is.EqualTo(Given.Now));
        Ticket = new Ticket(Guid.NewGuid(), purpose, userId, content);
        return "ticket";
    }

    public Ticket? Read(TicketPurpose purpose, string ticket, DateTimeOffset now) =>
        ticket == "ticket" && Ticket?.Purpose == purpose ? Ticket : null;

    public void Use(Ticket ticket)
    {
        Assert.That(ticket, Is.EqualTo(Ticket));
        ports.Steps.Add("use ticket");
    }

    public void Withdraw(Guid userId) => throw new NotSupportedException("No use case of passkeys withdraws tickets.");
}
