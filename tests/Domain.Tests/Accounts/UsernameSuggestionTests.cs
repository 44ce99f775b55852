using Fitnessify.Domain.Accounts;

namespace Fitnessify.Domain.Tests.Accounts;

public sealed class UsernameSuggestionTests
{
    [TestCase("Ann Kern", "ann.kern")]
    [TestCase("José Müller", "jose.muller")]
    [TestCase("Jose\u0301 Mu\u0308ller", "jose.muller")]
    [TestCase("Nguyễn Thị Ánh", "nguyen.thi.anh")]
    [TestCase("Škoda-Novák, Jr.", "skoda.novak.jr")]
    [TestCase("  Ann   Kern  ", "ann.kern")]
    [TestCase("..Ann..", "ann")]
    [TestCase("Ann \U0001F3CB Kern", "ann.kern")]
    [TestCase("\U0001D400\U0001D427\U0001D427", "ann")]
    [TestCase("ＡＮＮ", "ann")]
    [TestCase("Ann 李", "ann")]
    [TestCase("ann@example.org", "ann.example.org")]
    [TestCase("007 Bond", "007.bond")]
    public void Keeps_the_letters_and_digits_of_a_Latin_name(string name, string username) =>
        Assert.That(UsernameSuggestion.From(name, isDistinct: false), Is.EqualTo(username));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("   ")]
    [TestCase("Анна Керн")]
    [TestCase("李小龍")]
    [TestCase("\U0001F3CB\U0001F3CB\U0001F3CB")]
    [TestCase("\u0301\u0308")]
    [TestCase("...")]
    [TestCase("\uD83D")]
    [TestCase("\uFFFE")]
    public void Invents_a_username_without_such_letters(string? name) =>
        Assert.That(UsernameSuggestion.From(name, isDistinct: false), Does.Match("^user-[0-9]{6}$"));

    [TestCase("A", "a")]
    [TestCase("Jo", "jo")]
    [TestCase("Admin", "admin")]
    [TestCase("ROOT", "root")]
    [TestCase("User", "user")]
    [TestCase("Ádmin", "admin")]
    public void Adds_digits_to_what_is_too_short_or_reserved(string name, string start) =>
        Assert.That(UsernameSuggestion.From(name, isDistinct: false), Does.Match($"^{start}-[0-9]{{6}}$"));

    [TestCase("Ann Kern", "ann.kern")]
    [TestCase("Admin", "admin")]
    public void Adds_digits_to_what_is_taken(string name, string start)
    {
        var suggested = Enumerable.Range(0, 20).Select(_ => UsernameSuggestion.From(name, isDistinct: true)).ToList();

        Assert.That(suggested, Is.All.Match($"^{start}-[0-9]{{6}}$"));
        Assert.That(suggested.Distinct().Count(), Is.GreaterThan(1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Shortens_a_long_name_so_that_the_digits_fit(bool isDistinct)
    {
        var suggested = UsernameSuggestion.From(new string('x', 100), isDistinct);

        Assert.That(suggested, Does.StartWith(new string('x', 23)));
        Assert.That(suggested, Has.Length.EqualTo(isDistinct ? Account.UsernameMaxLength : 23));
    }

    [Test]
    public void A_cut_leaves_no_separator_at_the_end() =>
        Assert.That(
            UsernameSuggestion.From($"{new string('x', 22)} yz", isDistinct: false),
            Is.EqualTo(new string('x', 22))
        );
}
