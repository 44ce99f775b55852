using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Mfa;

/// <summary>The ports of the second factor: they answer as they are told to, and write down what is asked of them beside the other ports.</summary>
internal sealed class Factors(Ports ports) : ISecondFactors, ITickets
{
    public const string IssuedTicket = "issued ticket";

    public static readonly string[] NewCodes = ["aaaaa-bbbbb", "ccccc-ddddd"];

    /// <summary>Of the account.</summary>
    public SecondFactor State { get; set; } = new(true, Given.Now.AddDays(-3), 7);

    public byte[]? Seed { get; set; } = "12345678901234567890"u8.ToArray();

    public bool IsCodeRight { get; set; } = true;

    /// <summary>What the ticket of the client says, whatever it sends.</summary>
    public Ticket? Ticket { get; set; }

    public Task<SecondFactor> GetAsync(Guid userId, CancellationToken cancellationToken) => Task.FromResult(State);

    public Task<byte[]?> BeginAsync(Guid userId, CancellationToken cancellationToken) => Step("begin", userId, Seed);

    public Task<bool> TryConfirmAsync(
        Guid userId,
        string code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => Step($"confirm {code} at {now:O} for", userId, IsCodeRight);

    public Task<bool> TryUseAsync(
        Guid userId,
        SecondFactorCode code,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => Step($"use {code.Code ?? code.RecoveryCode} at {now:O} for", userId, IsCodeRight);

    public IReadOnlyList<string> ReplaceRecoveryCodes(Guid userId)
    {
        Note("replace codes of", userId);
        return NewCodes;
    }

    public void Remove(Guid userId) => Note("remove factor of", userId);

    public string Issue(TicketPurpose purpose, Guid? userId, string? content, DateTimeOffset now)
    {
        Note($"issue {purpose} with {content} at {now:O} to", userId!.Value);
        return IssuedTicket;
    }

    public Ticket? Read(TicketPurpose purpose, string ticket, DateTimeOffset now) =>
        purpose == Ticket?.Purpose && now == Given.Now ? Ticket : null;

    public void Use(Ticket ticket) => Note("use ticket of", ticket.UserId!.Value);

    public void Withdraw(Guid userId) => Note("withdraw tickets of", userId);

    private Task<T> Step<T>(string step, Guid userId, T answer)
    {
        Note(step, userId);
        return Task.FromResult(answer);
    }

    private void Note(string step, Guid userId) => ports.Steps.Add($"{step} {ports.Name(userId)}");
}
