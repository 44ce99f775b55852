using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Auth;

public sealed class ForgotPasswordTests
{
    private readonly Ports _ports = new() { IsSignedIn = false };

    [TestCase(true)]
    [TestCase(false)]
    public async Task Queues_one_mail_and_looks_nothing_up_whoever_has_the_address(bool isKnown)
    {
        _ports.Credentials = isKnown ? _ports.Credentials : null;

        var result = await HandleAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(_ports.Steps, Is.EqualTo(["mail ResetPassword", "save"]));
    }

    [Test]
    public async Task The_mail_is_for_whoever_has_the_address_when_it_is_sent()
    {
        await HandleAsync(" Kern@example.com ");

        var mail = _ports.Mails.Single();
        Assert.That(
            (mail.Kind, mail.UserId, mail.Address, mail.CreatedAt, mail.Data.Count),
            Is.EqualTo((MailKind.ResetPassword, (Guid?)null, "Kern@example.com", Given.Now, 0))
        );
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
        Assert.That(_ports.Mails, Is.Empty);
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

    private Task<Result> HandleAsync(string email = "kern@example.com") =>
        new ForgotPasswordHandler(_ports, _ports, new FakeTimeProvider(Given.Now.AddTicks(1234))).Handle(
            new ForgotPasswordCommand(email),
            CancellationToken.None
        );
}
