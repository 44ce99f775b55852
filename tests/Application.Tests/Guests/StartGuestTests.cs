using Fitnessify.Application.Guests;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Guests;

public sealed class StartGuestTests() : UseCaseTests(("Accounts:Guests", "true"), ("Accounts:GuestDays", "45"))
{
    private static readonly string[] BadNames = [.. BadText.InLines.Select(bad => bad.Name)];

    [Test]
    public async Task Stores_account_session_and_events_in_one_save()
    {
        var tokens = (await SendAsync(new StartGuestCommand(Guid.NewGuid(), " Phone ", "de", "Europe/Berlin"))).Value!;

        Assert.That(Saves.Count, Is.EqualTo(1));
        var session = (
            await Server.UseAsync((ISessionRepository sessions) => sessions.FindAsync(tokens.SessionId, default))
        )!;
        Assert.That(
            (session.Device, session.CreatedAt, session.ExpiresAt),
            Is.EqualTo(("Phone", Given.Now, Given.Now.AddDays(45)))
        );
        Assert.That((session.AuthenticatedAt, session.IsUntouched), Is.EqualTo(((DateTimeOffset?)null, true)));
        Assert.That(tokens.RefreshTokenExpiresAt, Is.EqualTo(session.ExpiresAt));
        var guest = (await Records.UserAsync(session.OwnerId))!;
        Assert.That((guest.Kind, guest.CreatedAt), Is.EqualTo((AccountKind.Guest, Given.Now)));
        Assert.That((guest.Locale, guest.TimeZone), Is.EqualTo(("de", "Europe/Berlin")));
        Assert.That(
            await RecordedAsync(guest.Id),
            Is.EquivalentTo([
                RecordedEvent.Of(AuditEventType.GuestCreated, guest.Id, device: "Phone"),
                RecordedEvent.Of(AuditEventType.SignedIn, guest.Id, session.Id, "Phone"),
            ])
        );
        Assert.That(await Records.MailsAsync(guest.Id), Is.Empty);
    }

    [Test]
    public async Task The_tokens_that_are_answered_again_store_nothing()
    {
        var command = new StartGuestCommand(Guid.NewGuid());
        var first = (await SendAsync(command)).Value!;
        Server.Clock.Advance(TimeSpan.FromDays(1));

        var second = (await SendAsync(command)).Value!;

        Assert.That(second.SessionId, Is.EqualTo(first.SessionId));
        Assert.That(second.RefreshTokenExpiresAt, Is.EqualTo(first.RefreshTokenExpiresAt));
        Assert.That(Saves.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_key_that_another_request_uses_between_look_up_and_save_is_answered_with_its_guest()
    {
        var command = new StartGuestCommand(Guid.NewGuid());
        var faster = Guid.Empty;
        Saves.BeforeNextSave = async () => faster = (await SendAsync(command)).Value!.SessionId;

        var tokens = (await SendAsync(command)).Value!;

        Assert.That(tokens.SessionId, Is.EqualTo(faster));
    }

    [Test]
    public async Task A_server_that_cannot_decide_between_requests_with_one_key_is_not_available()
    {
        Saves.Refusal = CommonErrors.StateConflict;

        await FailsAsync(new StartGuestCommand(Guid.NewGuid()), "service_unavailable");

        Assert.That(Saves.Count, Is.EqualTo(10));
    }

    [Test]
    public void A_key_is_required()
    {
        Assert.That(Errors(key: Guid.Empty), Is.EqualTo("key: required"));
        Assert.That(Errors(), Is.Empty);
    }

    [TestCase("de", "")]
    [TestCase("zh-Hant-TW", "")]
    [TestCase("", "locale: invalid_format")]
    [TestCase("d", "locale: invalid_format")]
    [TestCase("de_AT", "locale: invalid_format")]
    public void Checks_the_locale(string locale, string error) =>
        Assert.That(Errors(locale: locale), Is.EqualTo(error));

    [TestCase("Europe/Berlin", "")]
    [TestCase("UTC", "")]
    [TestCase("", "timeZone: invalid_format")]
    [TestCase("Mars/Olympus", "timeZone: invalid_format")]
    public void Checks_the_time_zone(string timeZone, string error) =>
        Assert.That(Errors(timeZone: timeZone), Is.EqualTo(error));

    [TestCase(100, "")]
    [TestCase(101, "device: too_long")]
    public void Checks_the_length_of_the_device(int length, string error) =>
        Assert.That(Errors(device: new string('d', length)), Is.EqualTo(error));

    [TestCaseSource(nameof(BadNames))]
    public void Refuses_invalid_text_in_the_device(string badName) =>
        Assert.That(
            Errors(device: BadText.All.Single(text => text.Name == badName).Text),
            Is.EqualTo("device: invalid_format")
        );

    private static string Errors(
        Guid? key = null,
        string? device = null,
        string? locale = null,
        string? timeZone = null
    ) => new StartGuestValidator().ErrorTextOf(new StartGuestCommand(key ?? Guid.NewGuid(), device, locale, timeZone));
}
