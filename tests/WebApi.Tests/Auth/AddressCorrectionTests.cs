namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>A user can correct a mistyped address.</summary>
public sealed class AddressCorrectionTests
{
    private readonly ServerClock _clock = new();

    [TestCase("Accounts:RequireConfirmedEmail", "true", "201")]
    [TestCase("Accounts:RegistrationPrivacy", "Private", "202")]
    public async Task Registering_again_with_the_same_password_corrects_the_address(
        string key,
        string value,
        string outcome
    )
    {
        await using var api = Api.Start(new() { [key] = value }, clock: _clock);
        var typo = Person.Random();
        var right = typo with { Email = Person.Random().Email };
        using var first = await api.Anonymous().RegisterAsync(typo);
        var old = (await api.LinksToAsync(typo.Email, Link.ConfirmEmail)).Single();

        using var second = await api.Anonymous()
            .RegisterAsync(right with { Username = right.Username.ToUpperInvariant() });

        Assert.That(await second.OutcomeAsync(), Is.EqualTo(outcome));
        var link = (await api.LinksToAsync(right.Email, Link.ConfirmEmail)).Single();
        Assert.That(await api.ConfirmAsync(old), Is.EqualTo("422 token_invalid_or_expired"));
        Assert.That(await api.ConfirmAsync(link), Is.EqualTo("204"));
        var client = await api.SignedInAsync(right);
        Assert.That((await client.ReadJsonAsync(ApiClient.Me)).Text("email"), Is.EqualTo(right.Email));
        using var free = await api.Anonymous().RegisterAsync(Person.Random() with { Email = typo.Email });
        Assert.That(await free.OutcomeAsync(), Is.EqualTo(outcome), "The mistyped address is available.");
    }

    [Test]
    public async Task Requires_the_password_and_limits_guesses()
    {
        await using var api = Api.Start(new() { ["Accounts:RequireConfirmedEmail"] = "true" }, clock: _clock);
        var person = await api.Anonymous().RegisteredAsync();
        var guess = person with { Email = Person.Random().Email, Password = "Wrong-Kettle-93-Umbrella" };
        for (var i = 0; i < 10; i++)
        {
            using var guessed = await api.Anonymous().RegisterAsync(guess);
            Assert.That(await guessed.OutcomeAsync(), Is.EqualTo("409 username_taken"));
        }

        using var late = await api.Anonymous().RegisterAsync(guess with { Password = person.Password });
        Assert.That(
            await late.OutcomeAsync(),
            Is.EqualTo("409 username_taken"),
            "The correct password is refused for a while too."
        );
        Assert.That(await api.LinksToAsync(guess.Email, Link.ConfirmEmail), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Does_not_change_an_account_that_is_confirmed_or_needs_no_confirmation(bool isRequired)
    {
        await using var api = Api.Start(new() { ["Accounts:RequireConfirmedEmail"] = $"{isRequired}" }, clock: _clock);
        var person = await api.Anonymous().RegisteredAsync();
        if (isRequired)
        {
            await api.ConfirmAsync((await api.LinksToAsync(person.Email, Link.ConfirmEmail)).Single());
        }

        using var again = await api.Anonymous().RegisterAsync(person with { Email = Person.Random().Email });

        Assert.That(await again.OutcomeAsync(), Is.EqualTo("409 username_taken"));
    }
}
