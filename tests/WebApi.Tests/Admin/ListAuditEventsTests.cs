using System.Globalization;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.WebApi.Tests.Admin;

public sealed class ListAuditEventsTests
{
    private readonly ServerClock _clock = new();
    private Api _api = null!;
    private ApiClient _admin = null!;
    private Guid _user;
    private DateTimeOffset _disabledAt;

    /// <summary>An admin disables a user a minute after the sign-in, and enables them a minute later.</summary>
    [SetUp]
    public async Task CreateEventsAsync()
    {
        _api = Api.Start(clock: _clock);
        _admin = await _api.SignedInAsAsync(Roles.Admin);
        _user = await (await _api.SignedInAsync()).IdAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _disabledAt = _clock.GetUtcNow();
        await _admin.ActAsync("disable", _user);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _admin.ActAsync("enable", _user);
    }

    [TearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [Test]
    public async Task Lists_all_events_newest_first() =>
        Assert.That(
            await ListAsync(""),
            // Events of the same moment have no fixed order.
            Is.EquivalentTo([
                "accountEnabled",
                "accountDisabled",
                "signedIn",
                "registered",
                "rolesChanged",
                "signedIn",
                "registered",
            ])
        );

    [Test]
    public async Task Lists_what_was_done_to_a_user_and_by_them()
    {
        var admin = await _admin.IdAsync();
        Assert.That(
            (await ListAsync($"?userId={_user}"))[..2],
            Is.EqualTo(["accountEnabled", "accountDisabled"]),
            "as the subject"
        );
        Assert.That(
            (await ListAsync($"?userId={admin}"))[..2],
            Is.EqualTo(["accountEnabled", "accountDisabled"]),
            "as the actor"
        );
        Assert.That(
            await ListAsync($"?userId={admin}"),
            Is.EquivalentTo(["accountEnabled", "accountDisabled", "rolesChanged", "signedIn", "registered"])
        );
        Assert.That(await ListAsync($"?userId={Guid.NewGuid()}"), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task Pages_of_the_events_of_a_user_form_the_whole_list(int limit)
    {
        var admin = await _admin.IdAsync();
        List<string> read = [];
        string? cursor = null;
        do
        {
            var page = await _admin.ReadJsonAsync(
                $"{AdminCalls.AuditEvents}?userId={admin}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            read.AddRange(page.Items().Select(item => item.Text("type")));
            cursor = page.Text("nextCursor");
        } while (cursor is not null);

        Assert.That(read, Is.EqualTo(await ListAsync($"?userId={admin}")));
    }

    [Test]
    public async Task Filters_by_type_and_time()
    {
        var at = _disabledAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var later = _clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        Assert.That(await ListAsync("?type=accountDisabled"), Is.EqualTo(["accountDisabled"]));
        Assert.That(await ListAsync($"?type=accountDisabled&userId={_user}"), Is.EqualTo(["accountDisabled"]));
        Assert.That(await ListAsync($"?from={at}"), Is.EqualTo(["accountEnabled", "accountDisabled"]));
        Assert.That(await ListAsync($"?from={at}&to={later}"), Is.EqualTo(["accountDisabled"]));
        Assert.That(await ListAsync($"?to={at}"), Has.Count.EqualTo(5).And.None.StartsWith("account"));
        Assert.That(await ListAsync($"?type=signedIn&from={at}"), Is.Empty);
    }

    [TestCase("?type=danced", "type not_allowed")]
    [TestCase("?from=yesterday", "from invalid_format")]
    [TestCase("?to=2026-01-01", "to invalid_format")]
    [TestCase("?userId=ann", "userId invalid_type")]
    [TestCase("?limit=0", "limit out_of_range")]
    public async Task Refuses_an_invalid_query(string query, string error)
    {
        using var response = await _admin.GetAsync(AdminCalls.AuditEvents + query);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    private async Task<List<string>> ListAsync(string query) =>
        [.. (await _admin.ReadJsonAsync(AdminCalls.AuditEvents + query)).Items().Select(item => item.Text("type"))];
}
