using System.Globalization;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class UpdateMeTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [TestCase("{0}.new", "{0}.new")]
    [TestCase("  {0}.new ", "{0}.new")]
    [TestCase("{1}", "{1}", TestName = "Changes only the case of the username")]
    public async Task Changes_the_username(string sent, string expected)
    {
        var username = Format(expected);

        var result = await UpdateAsync(Format(sent));

        Assert.That(result.Value?.Username, Is.EqualTo(username));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account with { Username = username }));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EqualTo([RecordedEvent.Of(AuditEventType.UsernameChanged, _account.UserId, Server.Caller.Session!.Id)])
        );
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [TestCase(null)]
    [TestCase("{0}")]
    [TestCase(" {0} ")]
    public async Task Changes_nothing_when_the_username_is_absent_or_the_same(string? sent)
    {
        var result = await (sent is null ? SendAsync(new UpdateMeCommand(default)) : UpdateAsync(Format(sent)));

        Assert.That(result.Value?.Username, Is.EqualTo(_account.Username));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account));
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Changes_the_rest_of_the_profile_without_an_audit_event()
    {
        var result = await SendAsync(new UpdateMeCommand(default, new(" Ann B. "), new("de-AT"), new("Europe/Vienna")));

        Assert.That(
            (result.Value?.DisplayName, result.Value?.Locale, result.Value?.TimeZone, result.Value?.Username),
            Is.EqualTo(("Ann B.", "de-AT", "Europe/Vienna", _account.Username))
        );
        var me = (await SendAsync(new GetMeQuery())).Value!;
        Assert.That(
            me with
            {
                SignInMethods = result.Value!.SignInMethods,
                Roles = result.Value.Roles,
                Permissions = result.Value.Permissions,
            },
            Is.EqualTo(result.Value)
        );
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Keeps_what_is_absent_and_resets_what_is_null()
    {
        await SendAsync(new UpdateMeCommand(default, new("Ann"), new("de"), new("Europe/Berlin")));

        var kept = await SendAsync(new UpdateMeCommand(default, TimeZone: new("Asia/Tokyo")));
        var reset = await SendAsync(new UpdateMeCommand(default, new(null), new(null), new(null)));

        Assert.That(
            (kept.Value?.DisplayName, kept.Value?.Locale, kept.Value?.TimeZone),
            Is.EqualTo(("Ann", "de", "Asia/Tokyo"))
        );
        Assert.That(
            (reset.Value?.DisplayName, reset.Value?.Locale, reset.Value?.TimeZone),
            Is.EqualTo(((string?)null, "en", "UTC"))
        );
    }

    [TestCase("x", "")]
    [TestCase("", "displayName: required")]
    [TestCase(" \u3164 ", "displayName: required")]
    [TestCase("a\nb", "displayName: invalid_format")]
    public void Checks_the_display_name(string name, string error) =>
        Assert.That(ErrorsOf(new UpdateMeCommand(default, new(name))), Is.EqualTo(error));

    [TestCase(80, "")]
    [TestCase(81, "displayName: too_long")]
    public void Checks_the_length_of_the_display_name(int length, string error) =>
        Assert.That(ErrorsOf(new UpdateMeCommand(default, new(new string('x', length)))), Is.EqualTo(error));

    [TestCase("en", "")]
    [TestCase("de-AT", "")]
    [TestCase("sr-Latn-RS", "")]
    [TestCase("", "locale: invalid_format")]
    [TestCase("e", "locale: invalid_format")]
    [TestCase("english", "locale: invalid_format")]
    [TestCase("de_AT", "locale: invalid_format")]
    [TestCase("de-", "locale: invalid_format")]
    [TestCase("en-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd", "locale: too_long")]
    public void Checks_the_locale(string locale, string error) =>
        Assert.That(ErrorsOf(new UpdateMeCommand(default, Locale: new(locale))), Is.EqualTo(error));

    [TestCase(null, "")]
    [TestCase("UTC", "")]
    [TestCase("Europe/Berlin", "")]
    [TestCase("America/Argentina/ComodRivadavia", "")]
    [TestCase("Mars/Olympus_Mons", "timeZone: invalid_format")]
    [TestCase("W. Europe Standard Time", "timeZone: invalid_format")]
    [TestCase("../../etc/passwd", "timeZone: invalid_format")]
    [TestCase("", "timeZone: invalid_format")]
    public void Checks_the_time_zone(string? zone, string error) =>
        Assert.That(ErrorsOf(new UpdateMeCommand(default, TimeZone: new(zone))), Is.EqualTo(error));

    // The runtime finds them in its cache, and not after the next start.
    [TestCase("europe/berlin")]
    [TestCase("Europe/BERLIN")]
    [TestCase("utc")]
    public void A_time_zone_is_written_as_its_database_writes_it(string zone)
    {
        Assert.That(ErrorsOf(new UpdateMeCommand(default, TimeZone: new("Europe/Berlin"))), Is.Empty);
        Assert.That(
            ErrorsOf(new UpdateMeCommand(default, TimeZone: new(zone))),
            Is.EqualTo("timeZone: invalid_format")
        );
    }

    [TestCase(64, "timeZone: invalid_format")]
    [TestCase(65, "timeZone: too_long")]
    public void Does_not_look_up_a_time_zone_longer_than_can_be_stored(int length, string error) =>
        Assert.That(ErrorsOf(new UpdateMeCommand(default, TimeZone: new(new string('a', length)))), Is.EqualTo(error));

    [Test]
    public async Task Refuses_the_username_of_another_user()
    {
        var other = await SignUpAsync();

        Assert.That((await UpdateAsync(other.Username)).Error, Is.EqualTo(AccountErrors.UsernameTaken));
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Fails_like_authentication_when_the_user_no_longer_exists()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await UpdateAsync("kern")).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [Test]
    public void Accepts_an_absent_username() => Assert.That(Errors(default), Is.Empty);

    [TestCase("ann", "")]
    [TestCase("  ann  ", "")]
    [TestCase(null, "username: required")]
    [TestCase("", "username: required")]
    [TestCase("   ", "username: required")]
    [TestCase(" ab ", "username: too_short")]
    [TestCase("a234567890123456789012345678901", "username: too_long")]
    [TestCase("ann.", "username: invalid_format")]
    [TestCase(" Admin ", "username: not_allowed")]
    public void Validates_the_username_like_registration(string? username, string errors) =>
        Assert.That(Errors(new Optional<string?>(username)), Is.EqualTo(errors));

    private static string Errors(Optional<string?> username) =>
        new UpdateMeValidator().ErrorTextOf(new UpdateMeCommand(username));

    private string Format(string pattern) =>
        string.Format(CultureInfo.InvariantCulture, pattern, _account.Username, _account.Username.ToUpperInvariant());

    private Task<Result<UserDto>> UpdateAsync(string username) =>
        SendAsync(new UpdateMeCommand(new Optional<string?>(username)));

    private static string ErrorsOf(UpdateMeCommand command) => new UpdateMeValidator().ErrorTextOf(command);
}
