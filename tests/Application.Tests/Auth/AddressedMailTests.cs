using System.Globalization;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>Anybody may request this mail, and the address may belong to no account.</summary>
public abstract class AddressedMailTests(MailKind kind) : UseCaseTests
{
    // A lookup takes time, and the difference would reveal whether the address is known.
    [Test]
    public async Task Sends_the_same_commands_to_the_database_whether_or_not_the_address_has_an_account()
    {
        var account = await SignUpAsync();
        var commands = Server.Commands.Listen();

        Assert.That((await SendAsync(Command(account.Email!))).Error, Is.Null);
        var known = commands.ToList();
        commands.Clear();
        Assert.That((await SendAsync(Command($"nobody.{account.Email}"))).Error, Is.Null);

        Assert.That(commands, Is.EqualTo(known).And.Not.Empty);
        Assert.That(commands, Has.None.Contains("Users"));
    }

    [Test]
    public async Task Queues_one_mail_whose_recipient_is_looked_up_when_it_is_sent()
    {
        var address = $"{Instance.NewName().ToUpper(CultureInfo.InvariantCulture)}@example.com";

        await SendAsync(Command($" {address} "));

        var mail = (await Records.MailsToAsync(address)).Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.CreatedAt, mail.Data.Count),
            Is.EqualTo((kind, (Guid?)null, Given.Now, 0))
        );
    }

    [TestCase("a@b.c", "")]
    [TestCase("  a@b.c  ", "")]
    [TestCase(null, "email: required")]
    [TestCase(" ", "email: required")]
    [TestCase("a@localhost", "email: invalid_format")]
    [TestCase("a\0@b.c", "email: invalid_format")]
    public void Requires_an_address(string? email, string errors) => Assert.That(Errors(email), Is.EqualTo(errors));

    [TestCase(64, "")]
    [TestCase(65, "email: too_long")]
    public void Refuses_an_address_that_is_too_long(int localPart, string errors) =>
        Assert.That(Errors($"{new string('l', localPart)}@example.com"), Is.EqualTo(errors));

    private protected abstract IRequest<Result> Command(string email);

    private protected abstract string Errors(string? email);
}
