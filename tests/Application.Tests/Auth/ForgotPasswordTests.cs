using System.Globalization;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Mail;
using Fitnessify.Testing;

namespace Fitnessify.Application.Tests.Auth;

public sealed class ForgotPasswordTests : UseCaseTests
{
    // What is looked up takes time, and that would tell whether the address is known.
    [Test]
    public async Task Says_the_same_to_the_database_whoever_has_the_address()
    {
        List<string> said = [];
        var account = await SignUpAsync();
        Server.Commands.Before = command =>
        {
            said.Add(command.CommandText);
            return Task.CompletedTask;
        };

        Assert.That((await SendAsync(new ForgotPasswordCommand(account.Email))).Error, Is.Null);
        var known = said.ToList();
        said.Clear();
        Assert.That((await SendAsync(new ForgotPasswordCommand($"nobody.{account.Email}"))).Error, Is.Null);

        Assert.That(said, Is.EqualTo(known).And.Not.Empty);
        Assert.That(said, Has.None.Contains("Users"));
    }

    [Test]
    public async Task Queues_one_mail_for_whoever_has_the_address_when_it_is_sent()
    {
        var address = $"{Instance.NewName().ToUpper(CultureInfo.InvariantCulture)}@example.com";

        await SendAsync(new ForgotPasswordCommand($" {address} "));

        var mail = (await Records.MailsToAsync(address)).Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.CreatedAt, mail.Data.Count),
            Is.EqualTo((MailKind.ResetPassword, (Guid?)null, Given.Now, 0))
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

    private static string Errors(string? email) =>
        new ForgotPasswordValidator().ErrorTextOf(new ForgotPasswordCommand(email!));
}
