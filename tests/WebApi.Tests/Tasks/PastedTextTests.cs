using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Tasks;

/// <summary>Texts as they are pasted from address books and mails, and as people search for them.</summary>
public sealed class PastedTextTests
{
    [TestCase("Call Ann\r\n", "Call Ann")]
    [TestCase("\u202a+49 30 1234\u202c", "+49 30 1234")]
    [TestCase(" \u2068Ann\u2069 ", "Ann")]
    public async Task A_title_keeps_only_visible_text(string sent, string title)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync(JsonSerializer.Serialize(new { title = sent, labels = new[] { sent } }));
        var patched = await client.PatchedAsync(task, JsonSerializer.Serialize(new { title = sent }));
        Assert.That((task.Text("title"), task.Texts("labels").Single()), Is.EqualTo((title, title)));
        Assert.That(patched.Version(), Is.EqualTo(task.Version()), "An equal value changes nothing.");
    }

    [TestCase("\u200b")]
    [TestCase("\ufeff")]
    [TestCase("\u2060")]
    [TestCase("\u3164")]
    [TestCase("\u2800")]
    [TestCase("\u00ad")]
    public async Task Invisible_text_is_neither_a_title_nor_a_label(string nothing)
    {
        var client = await Api.Shared.SignedInAsync();
        var body = JsonSerializer.Serialize(new { title = nothing, labels = new[] { nothing } });
        using var response = await client.PostRawAsync(TaskCalls.Tasks, body);
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["#/title required", "#/labels required"]));
    }

    [Test]
    public async Task A_description_keeps_bidirectional_text_and_normalizes_line_endings()
    {
        var client = await Api.Shared.SignedInAsync();
        var sent = "a\r\nb\rc\n\u202ad\u202c\u2067e\u2069\u202ef";
        var task = await client.CreatedAsync(JsonSerializer.Serialize(new { title = "Run", description = sent }));
        Assert.That(task.Text("description"), Is.EqualTo("a\nb\nc\n\u202ad\u202c\u2067e\u2069f"));
    }

    [TestCase("STRASSE")]
    [TestCase("strasse  FIT ")]
    [TestCase("istanbul")]
    [TestCase("ISTANBUL \uFB01t")]
    [TestCase("\u03A3\u0399\u03A3\u03A5\u03A6\u039F\u03A3")]
    [TestCase("uber")]
    [TestCase("fit \u00FCber")]
    public async Task A_search_finds_texts_that_look_the_same(string q)
    {
        var client = await Api.Shared.SignedInAsync();
        await client.CreatedAsync(
            """{"title":"\uFB01t an der Stra\u00DFe \u00DCber","description":"\u0130stanbul \u03A3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2"}"""
        );
        await client.CreatedAsync("""{"title":"Fit"}""");
        Assert.That(
            await client.TitlesAsync($"?q={Uri.EscapeDataString(q)}"),
            Does.StartWith("\uFB01t an").And.Not.Contain("Fit")
        );
    }

    [TestCase("stra\u00DFe", "STRASSE")]
    [TestCase("fit", "\uFB01t")]
    [TestCase("\u0130zmir", "izmir")]
    public async Task Labels_that_look_the_same_are_merged(string one, string other)
    {
        var client = await Api.Shared.SignedInAsync();
        await client.CreatedAsync(JsonSerializer.Serialize(new { title = "Run", labels = new[] { one } }));
        var both = JsonSerializer.Serialize(new { title = "Swim", labels = new[] { one, other } });
        using var twice = await client.PostRawAsync(TaskCalls.Tasks, both);
        Assert.That(await twice.ErrorsAsync(), Is.EqualTo((string[])["#/labels duplicate"]));
        var query = $"?label={Uri.EscapeDataString(one)}&label={Uri.EscapeDataString(other)}";
        Assert.That(await client.TitlesAsync(query), Is.EqualTo("Run"));
    }

    [TestCase("1 2 3 4 5 6 7 8 9 10", "200")]
    [TestCase("1 2 3 4 5 6 7 8 9 10 11", "400 validation_failed")]
    [TestCase("a A \u00E1 a a a a a a a a", "200")]
    public async Task A_search_has_at_most_ten_words(string q, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync($"{TaskCalls.Tasks}?q={Uri.EscapeDataString(q)}");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
    }
}
