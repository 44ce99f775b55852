using Fitnessify.Domain.Tasks;

namespace Fitnessify.WebApi.Tests.Guests;

public sealed class RegisterGuestTests
{
    private readonly ServerClock _clock = new();
    private readonly Person _person = Person.Random();

    [Test]
    public async Task A_guest_who_registers_keeps_everything()
    {
        var guest = await Api.Shared.GuestAsync("Phone", "de", "Europe/Berlin");
        var id = await guest.IdAsync();
        var list = await guest.CreatedListAsync();
        var task = await guest.CreatedAsync($$"""{"title":"Swim","listId":"{{list.Text("id")}}"}""");
        var notification = await Api.Shared.NotifiedAsync(guest);
        var (_, since) = await guest.ChangesAsync();

        using var response = await guest.RegisterGuestAsync(_person);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        var user = await response.JsonAsync();
        var me = await guest.ReadAsync(ApiClient.Me);
        Assert.Multiple(() =>
        {
            Assert.That(user.ToString(), Is.EqualTo(me.ToString()), "The access token goes on working.");
            Assert.That(user.GetProperty("id").GetGuid(), Is.EqualTo(id));
            Assert.That(user.Text("kind"), Is.EqualTo("member"));
            Assert.That(user.Text("username"), Is.EqualTo(_person.Username));
            Assert.That(user.Text("email"), Is.EqualTo(_person.Email));
            Assert.That(user.GetProperty("emailConfirmed").GetBoolean(), Is.False);
            Assert.That((user.Text("locale"), user.Text("timeZone")), Is.EqualTo(("de", "Europe/Berlin")));
            Assert.That(user.Texts("signInMethods"), Is.EqualTo(["password"]));
            Assert.That(user.Texts("roles"), Is.EqualTo(["member"]));
        });
        Assert.That((await guest.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
        Assert.That((await guest.ReadAsync(list.ListPath())).ToString(), Is.EqualTo(list.ToString()));
        Assert.That((await guest.ChangesAsync(since)).Items, Is.Empty, "The sync token goes on working.");
        Assert.That(await guest.UnreadCountAsync(), Is.EqualTo(1));
        using var read = await guest.PostAsync(notification.ReadPath());
        Assert.That(await read.OutcomeAsync(), Is.EqualTo("200").Or.EqualTo("204"));
        var sessionId = guest.SessionId;
        using var refreshed = await guest.RefreshAsync();
        await guest.KeepAsync(refreshed);
        Assert.That(guest.SessionId, Is.EqualTo(sessionId));
    }

    [Test]
    public async Task The_devices_of_a_guest_who_registers_still_receive_messages()
    {
        var subscription = Api.Push.Subscribe();
        var guest = await Api.Shared.GuestAsync();
        var device = await guest.DeviceAsync(subscription);

        using var response = await guest.RegisterGuestAsync(_person);
        await Api.Shared.NotifiedAsync(guest);
        await Api.Push.WaitForAsync(() => subscription.Shown.Count == 1);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await guest.DeviceIdsAsync(), Is.EqualTo([device]));
    }

    [Test]
    public async Task A_guest_who_has_registered_signs_in_and_confirms_the_address()
    {
        var guest = await Api.Shared.GuestAsync();
        await guest.CreatedAsync("""{"title":"Swim"}""");
        using var response = await guest.RegisterGuestAsync(_person);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));

        var tablet = await Api.Shared.SignedInAsync(_person);
        var link = (await Api.Shared.LinksToAsync(_person.Email, Link.ConfirmEmail)).Single();
        var confirmed = await Api.Shared.ConfirmAsync(link);

        Assert.That(await tablet.TitlesAsync(), Is.EqualTo("Swim"));
        Assert.That(confirmed, Is.EqualTo("204"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).GetProperty("emailConfirmed").GetBoolean(), Is.True);
        var events = await guest.ReadAsync(ApiClient.Events);
        Assert.That(
            events.Items().Select(each => each.Text("type")),
            Is.EquivalentTo(["guestCreated", "signedIn", "registered", "signedIn", "emailConfirmed"])
        );
    }

    [Test]
    public async Task A_guest_who_has_registered_is_asked_who_they_are()
    {
        var guest = await Api.Shared.GuestAsync();
        using var response = await guest.RegisterGuestAsync(_person);

        using var asked = await guest.PostAsync(ApiClient.Deletion);
        using var wrong = await guest.PostAsync(ApiClient.Deletion, new { password = "wrong" });
        using var deleted = await guest.PostAsync(ApiClient.Deletion, new { password = _person.Password });

        Assert.That(await asked.OutcomeAsync(), Is.EqualTo("403 reauthentication_required"));
        Assert.That(await wrong.OutcomeAsync(), Is.EqualTo("403 reauthentication_failed"));
        Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("204"));
    }

    [TestCase("username_taken", "409 username_taken")]
    [TestCase("email_taken", "409 email_taken")]
    [TestCase("password_rejected", "422 password_rejected")]
    [TestCase("validation_failed", "400 validation_failed")]
    public async Task A_registration_that_is_refused_leaves_the_guest_as_before(string code, string outcome)
    {
        var other = await Api.Shared.Anonymous().RegisteredAsync();
        var guest = await Api.Shared.GuestAsync();
        var task = await guest.CreatedAsync();
        var before = await guest.ReadAsync(ApiClient.Me);
        var person = code switch
        {
            "username_taken" => _person with { Username = other.Username.ToUpperInvariant() },
            "email_taken" => _person with { Email = other.Email.ToUpperInvariant() },
            "password_rejected" => _person with { Password = "password1234" },
            _ => _person with { Username = "" },
        };

        using var refused = await guest.RegisterGuestAsync(person);

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).ToString(), Is.EqualTo(before.ToString()));
        using var registered = await guest.RegisterGuestAsync(_person);
        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await guest.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
    }

    [Test]
    public async Task A_member_does_not_register_again()
    {
        var member = await Api.Shared.SignedInAsync();
        var guest = await Api.Shared.GuestAsync();
        using var first = await guest.RegisterGuestAsync(_person);
        using var again = await guest.RegisterGuestAsync(Person.Random());
        using var refused = await member.RegisterGuestAsync(Person.Random());

        Assert.That(await first.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).Text("username"), Is.EqualTo(_person.Username));
    }

    [Test]
    public async Task A_registration_takes_the_session_of_a_guest()
    {
        using var response = await Api.Shared.Anonymous().RegisterGuestAsync(_person);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
    }

    [Test]
    public async Task Where_registration_is_private_the_answer_says_nothing_about_the_address()
    {
        await using var api = Api.Start(new() { ["Accounts:RegistrationPrivacy"] = "Private" });
        var owner = Person.Random();
        using var registered = await api.Anonymous().RegisterAsync(owner);
        var link = (await api.LinksToAsync(owner.Email, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));
        var (guest, squatter) = (await api.GuestAsync(), await api.GuestAsync());

        using var own = await guest.RegisterGuestAsync(_person);
        using var taken = await squatter.RegisterGuestAsync(_person with { Username = "other", Email = owner.Email });

        Assert.That(await own.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await taken.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(
            (await taken.JsonAsync()).Members(),
            Is.EqualTo((await own.JsonAsync()).Members()),
            "Both answers look alike."
        );
        Assert.That((await taken.JsonAsync()).GetProperty("emailConfirmed").GetBoolean(), Is.False);
        var confirmation = (await api.LinksToAsync(_person.Email, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(confirmation), Is.EqualTo("204"));
        Assert.That((await guest.ReadAsync(ApiClient.Me)).GetProperty("emailConfirmed").GetBoolean(), Is.True);
        using var login = await api.Anonymous().LoginAsync(owner.Email, owner.Password);
        Assert.That(await login.OutcomeAsync(), Is.EqualTo("200"), "The owner of the address still has it.");
        Assert.That(
            (await api.MailsToAsync(owner.Email)).Count(mail => mail.Link is not null),
            Is.EqualTo(1),
            "The owner is not asked to confirm somewhere else."
        );
    }

    [Test]
    public async Task The_session_of_a_guest_has_no_end_and_that_of_a_member_ends_90_days_after_the_registration()
    {
        await using var api = Api.Rent(_clock);
        var guest = await api.GuestAsync();
        await RefreshForAsync(guest, days: 360);
        using var registered = await guest.RegisterGuestAsync(_person);
        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));

        await RefreshForAsync(guest, days: 80);
        _clock.Advance(TimeSpan.FromDays(10) - TimeSpan.FromSeconds(1));
        using var last = await guest.RefreshAsync();
        await guest.KeepAsync(last);
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var late = await guest.RefreshAsync();

        Assert.That(await late.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
    }

    [Test]
    public async Task A_guest_has_500_tasks_and_a_member_more()
    {
        var guest = await Api.Shared.GuestAsync();
        for (var i = 0; i < TaskItem.MaxPerGuest; i += 100)
        {
            using var created = await guest.PostRawAsync(TaskCalls.Batch, Creations(100));
            Assert.That(await created.OutcomeAsync(), Is.EqualTo("200"));
        }

        using var refused = await guest.PostRawAsync(TaskCalls.Tasks, """{"title":"Run"}""");
        using var registered = await guest.RegisterGuestAsync(_person);
        using var accepted = await guest.PostRawAsync(TaskCalls.Tasks, """{"title":"Run"}""");

        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("409 limit_reached"));
        Assert.That(await registered.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await accepted.OutcomeAsync(), Is.EqualTo("201"));
    }

    [Test]
    public async Task Of_two_registrations_at_once_one_happens()
    {
        for (var i = 0; i < 5; i++)
        {
            var guest = await Api.Shared.GuestAsync();
            Person[] persons = [Person.Random(), Person.Random()];

            var responses = await Task.WhenAll(persons.Select(person => guest.RegisterGuestAsync(person)));

            var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
            Assert.That(outcomes, Is.EquivalentTo(["200", "409 state_conflict"]));
            var winner = persons[Array.IndexOf(outcomes, "200")];
            var me = await guest.ReadAsync(ApiClient.Me);
            Assert.That((me.Text("username"), me.Text("email")), Is.EqualTo((winner.Username, winner.Email)));
            using var login = await guest.LoginAsync(winner.Username, winner.Password);
            Assert.That(await login.OutcomeAsync(), Is.EqualTo("200"));
            Array.ForEach(responses, response => response.Dispose());
        }
    }

    [Test]
    public async Task Of_a_registration_and_a_merge_at_once_exactly_one_happens()
    {
        for (var i = 0; i < 10; i++)
        {
            var person = Person.Random();
            var member = await Api.Shared.SignedInAsync();
            var guest = await Api.Shared.GuestAsync();
            await guest.CreatedAsync("""{"title":"Swim"}""");
            var device = Api.Shared.Anonymous();

            var registering = Task.Run(() => guest.RegisterGuestAsync(person));
            var merging = Task.Run(() => device.LoginWithGuestAsync(member.Person, guest.RefreshToken));
            using var registered = await registering;
            using var merged = await merging;

            await device.KeepAsync(merged);
            var isMerged = await merged.IsGuestMergedAsync();
            Assert.That(await registered.OutcomeAsync(), Is.EqualTo(isMerged ? "401 session_revoked" : "200"));
            Assert.That(await device.TitlesAsync(), Is.EqualTo(isMerged ? "Swim" : ""));
            using var login = await Api.Shared.Anonymous().LoginAsync(person.Username, person.Password);
            Assert.That(await login.OutcomeAsync(), Is.EqualTo(isMerged ? "401 invalid_credentials" : "200"));
            if (!isMerged)
            {
                Assert.That(await guest.TitlesAsync(), Is.EqualTo("Swim"));
            }
        }
    }

    private static string Creations(int count) =>
        $$"""{"operations":[{{string.Join(',', Enumerable.Repeat("""{"op":"create","task":{"title":"Run"}}""", count))}}]}""";

    private async Task RefreshForAsync(ApiClient client, int days)
    {
        for (var day = 0; day < days; day += 20)
        {
            _clock.Advance(TimeSpan.FromDays(20));
            using var refreshed = await client.RefreshAsync();
            await client.KeepAsync(refreshed);
        }
    }
}
