using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class BeginPasskeyLoginTests : UseCaseTests
{
    [Test]
    public async Task Answers_with_a_challenge_to_anybody_and_a_ticket_of_nobody()
    {
        var begun = (await SendAsync(new BeginPasskeyLoginCommand())).Value!;

        Assert.That(Ceremonies.Read(begun).GetProperty("challenge").GetString(), Is.Not.Empty);
        var ticket = await Server.UseAsync(
            (ITickets tickets) => Task.FromResult(tickets.Read(TicketPurpose.PasskeyLogin, begun.Ticket, Now))
        );
        Assert.That((ticket?.Purpose, ticket?.UserId), Is.EqualTo((TicketPurpose.PasskeyLogin, (Guid?)null)));
        Assert.That(Saves.Count, Is.EqualTo(1));
    }
}
