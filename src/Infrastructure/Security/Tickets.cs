using System.Buffers.Text;
using System.Text.Json;
using Fitnessify.Domain.Users;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Security;

/// <summary>There is one for each ticket that was not used yet.</summary>
internal sealed class UnusedTicket
{
    /// <summary>Random; also in the ticket.</summary>
    public required Guid Id { get; init; }

    public required TicketPurpose Purpose { get; init; }

    public required Guid? UserId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What a ticket says is protected in it, under a purpose of its own for each kind; the database holds only that it was not used.</summary>
internal sealed class Tickets(AppDbContext context, IDataProtectionProvider dataProtection) : ITickets
{
    public string Issue(TicketPurpose purpose, Guid? userId, string? content, DateTimeOffset now)
    {
        var unused = new UnusedTicket
        {
            Id = Guid.NewGuid(),
            Purpose = purpose,
            UserId = userId,
            ExpiresAt = now + Ticket.Lifetime,
        };
        context.UnusedTickets.Add(unused);
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Payload(unused.Id, userId, content, unused.ExpiresAt));
        return Base64Url.EncodeToString(ProtectorOf(purpose).Protect(payload));
    }

    public Ticket? Read(TicketPurpose purpose, string ticket, DateTimeOffset now) =>
        ProtectorOf(purpose).TryUnprotect(ticket) is { } bytes
        && JsonSerializer.Deserialize<Payload>(bytes) is { } payload
        && payload.ExpiresAt > now
            ? new Ticket(payload.Id, purpose, payload.UserId, payload.Content)
            : null;

    public void Use(Ticket ticket)
    {
        var unused = new UnusedTicket
        {
            Id = ticket.Id,
            Purpose = ticket.Purpose,
            UserId = ticket.UserId,
            ExpiresAt = default,
        };
        // When there is no such row any more, the save says so.
        context.UnusedTickets.Remove(unused);
    }

    public void Withdraw(Guid userId) =>
        context.OnSave(token =>
            context.UnusedTickets.Where(ticket => ticket.UserId == userId).ExecuteDeleteAsync(token)
        );

    private IDataProtector ProtectorOf(TicketPurpose purpose) =>
        dataProtection.CreateProtector($"Fitnessify.Ticket.{purpose}.v1");

    private sealed record Payload(Guid Id, Guid? UserId, string? Content, DateTimeOffset ExpiresAt);
}
