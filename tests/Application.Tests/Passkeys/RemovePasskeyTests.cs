using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Tests.Passkeys;

public sealed class RemovePasskeyTests : PasskeyTests
{
    private PasskeyDto _passkey = null!;

    [SetUp]
    public async Task Add() => _passkey = await AddAsync();

    [Test]
    public async Task Requires_the_password_and_records_the_removal_in_one_save()
    {
        using var other = PasskeyCalls.Authenticator();
        var kept = (await SendAsync(await Server.RegistrationAsync(other, Password))).Value!;
        var (saves, verified) = (Saves.Count, Hashing.Verified);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That((await SendAsync(new RemovePasskeyCommand(_passkey.Id, Password))).Error, Is.Null);

        Assert.That((Saves.Count - saves, Hashing.Verified - verified), Is.EqualTo((1, 1)));
        Assert.That(await ListAsync(), Is.EqualTo([kept]));
        var mail = (await Records.MailsAsync(Account.UserId))[^1];
        Assert.That((mail.Kind, mail.CreatedAt), Is.EqualTo((MailKind.PasskeyRemoved, Now)));
        Assert.That((await RecordedAsync(Account.UserId))[^1], Is.EqualTo(Done(AuditEventType.PasskeyRemoved)));
    }

    [Test]
    public async Task Removes_nothing_without_the_password()
    {
        await FailsAsync(new RemovePasskeyCommand(_passkey.Id, "wrong"), AuthErrors.ReauthenticationFailed.Code);

        await AssertKeptAsync();
    }

    [Test]
    public async Task Does_not_find_an_unknown_passkey()
    {
        await FailsAsync(new RemovePasskeyCommand("BAUG", Password), "not_found");

        await AssertKeptAsync();
    }

    [Test]
    public async Task Does_not_find_the_passkey_of_another_user()
    {
        var owner = Server.Caller.Session;
        await SignInNewUserAsync();

        await FailsAsync(new RemovePasskeyCommand(_passkey.Id, Password), "not_found");

        Server.Caller.Session = owner;
        await AssertKeptAsync();
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Requires_the_password(string password, string error) =>
        Assert.That(
            new RemovePasskeyValidator().ErrorTextOf(new RemovePasskeyCommand("AQID", password)),
            Is.EqualTo(error)
        );

    private async Task AssertKeptAsync()
    {
        Assert.That(await ListAsync(), Is.EqualTo([_passkey]));
        Assert.That(
            (await Records.MailsAsync(Account.UserId)).Select(mail => mail.Kind),
            Is.EqualTo([MailKind.PasskeyAdded])
        );
    }
}
