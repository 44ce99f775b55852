using Fitnessify.Application.Auth;
using MimeKit;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>Every address that can register can receive mail.</summary>
public sealed class AddressesTests : IAsyncDisposable
{
    private const string Password = "Violet-Kettle-93-Umbrella";

    private TestDatabase _database = null!;
    private Instance _server = null!;

    private string Folder => Path.Combine(_database.Folder, "data", "mail");

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(("Mail:PickupFolder", Folder));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase("ann@example.org")]
    [TestCase("a..b@example.org")]
    [TestCase(".x@example.org")]
    [TestCase("x.@example.org")]
    [TestCase(".@example.org")]
    [TestCase("...@example.org")]
    [TestCase("a.b+c-d_e@example.org")]
    [TestCase("!#$%&'*+/=?^_`{|}~-@example.org")]
    [TestCase("1@2.example")]
    [TestCase("a@a-b.c-d.example")]
    [TestCase("a@xn--mnchen-3ya.example")]
    public async Task Mail_is_sent_to_every_accepted_address(string address)
    {
        Assert.That((await RegisterAsync(address)).Error, Is.Null);

        await _server.SendMailsAsync();

        using var message = await MimeMessage.LoadAsync(Directory.GetFiles(Folder).Single());
        var to = (MailboxAddress)message.To.Single();
        // The quotes are not part of the value (RFC 5321, 4.1.2).
        var written = to.GetAddress(idnEncode: true).Replace("\"", "", StringComparison.Ordinal);
        Assert.That(written, Is.EqualTo(address));
    }

    [TestCase("ann")]
    [TestCase("@example.org")]
    [TestCase("ann@localhost")]
    [TestCase("ann@-example.org")]
    [TestCase("ann@example..org")]
    [TestCase("a b@example.org")]
    [TestCase("a\"b@example.org")]
    [TestCase("a,b@example.org")]
    [TestCase("<ann@example.org>")]
    [TestCase("ann@example.org, bob@example.org")]
    [TestCase("ann@bob@example.org")]
    [TestCase("\u00e4nn@example.org")]
    public async Task No_mail_is_sent_to_a_refused_address(string address)
    {
        Assert.That((await RegisterAsync(address)).Error?.Code, Is.EqualTo("validation_failed"));

        await _server.SendMailsAsync();

        Assert.That(Directory.Exists(Folder), Is.False);
    }

    private Task<Domain.Common.Result<RegisteredUser>> RegisterAsync(string address) =>
        _server.SendAsync(new RegisterUserCommand(Instance.NewName(), address, Password));
}
