using System.Globalization;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using MediatR;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>A mail that anybody may ask for, for an address that may belong to nobody.</summary>
public abstract class AddressedMailTests(MailKind kind) : UseCaseTests
{
    // What is looked up takes time, and that would tell whether the address is known.
    [Test]
    public async Task Says_the_same_to_the_database_whoever_has_the_address()
    {
        var account = await SignUpAsync();
        var said = Server.Commands.Listen();

        Assert.That((await SendAsync(Command(account.Email))).Error, Is.Null);
        var known = said.ToList();
        said.Clear();
        Assert.That((await SendAsync(Command($"nobody.{account.Email}"))).Error, Is.Null);

        Assert.That(said, Is.EqualTo(known).And.Not.Empty);
        Assert.That(said, Has.None.Contains("Users"));
    }

    [Test]
    public async Task Queues_one_mail_for_whoever_has_the_address_when_it_is_sent()
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
    public void Needs_an_address(string? email, string errors) => Assert.That(Errors(email), Is.EqualTo(errors));

    [TestCase(64, "")]
    [TestCase(65, "email: too_long")]
    public void Takes_no_address_that_is_too_long(int localPart, string errors) =>
        Assert.That(Errors($"{new string('l', localPart)}@example.com"), Is.EqualTo(errors));

    /// <summary>Asks for it.</summary>
    private protected abstract IRequest<Result> Command(string email);

    /// <summary>What is wrong with asking for it.</summary>
    private protected abstract string Errors(string? email);
}
