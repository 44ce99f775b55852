using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Tasks;

public sealed class ListTasksValidatorTests
{
    private static readonly ListTasksQuery Everything = new([], [], [], null, null, null, null, null, 50, null);

    [TestCase("")]
    [TestCase("CreatedAt")]
    [TestCase("+title")]
    [TestCase("--title")]
    [TestCase("version")]
    [TestCase("Position")]
    [TestCase("listId")]
    [TestCase("0")]
    public void Refuses_any_other_sort_order(string sort) =>
        Assert.That(Errors(Everything with { Sort = sort }), Is.EqualTo("sort: not_allowed"));

    [TestCase("todo", "")]
    [TestCase("inProgress", "")]
    [TestCase("cancelled", "")]
    [TestCase("done", "")]
    [TestCase("InProgress", "status/1: not_allowed")]
    [TestCase("inprogress", "status/1: not_allowed")]
    [TestCase("todo,done", "status/1: not_allowed")]
    [TestCase("1", "status/1: not_allowed")]
    [TestCase("", "status/1: not_allowed")]
    [TestCase(null, "status/1: not_allowed")]
    public void Checks_each_status(string? name, string error) =>
        Assert.That(Errors(Everything with { Status = ["todo", name!] }), Is.EqualTo(error));

    [TestCase("low", "")]
    [TestCase("normal", "")]
    [TestCase("high", "")]
    [TestCase("urgent", "")]
    [TestCase("Urgent", "priority/0: not_allowed")]
    [TestCase("3", "priority/0: not_allowed")]
    public void Checks_each_priority(string name, string error) =>
        Assert.That(Errors(Everything with { Priority = [name] }), Is.EqualTo(error));

    [TestCase("gym", "")]
    [TestCase("", "label/0: required")]
    [TestCase("  ", "label/0: required")]
    [TestCase(null, "label/0: required")]
    [TestCase("gym\n\nlegs", "label/0: invalid_format")]
    public void Checks_each_label(string? label, string error) =>
        Assert.That(Errors(Everything with { Label = [label!] }), Is.EqualTo(error));

    [TestCase(20, "")]
    [TestCase(21, "label: too_long")]
    public void Refuses_more_labels_than_a_task_can_have(int count, string error) =>
        Assert.That(
            Errors(Everything with { Label = [.. Enumerable.Range(1, count).Select(number => $"{number}")] }),
            Is.EqualTo(error)
        );

    [TestCase(null, "")]
    [TestCase("inbox", "")]
    [TestCase("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "")]
    [TestCase("3F2504E0-4F89-41D3-9A0C-0305E82C3301", "")]
    [TestCase("00000000-0000-0000-0000-000000000000", "")]
    [TestCase("Inbox", "list: invalid_format")]
    [TestCase("inbox,inbox", "list: invalid_format")]
    [TestCase("3f2504e0-4f89-41d3-9a0c-0305e82c330", "list: invalid_format")]
    [TestCase("null", "list: invalid_format")]
    [TestCase("a\0", "list: invalid_format")]
    [TestCase("", "list: invalid_format")]
    public void Checks_the_list(string? list, string error) =>
        Assert.That(Errors(Everything with { List = list }), Is.EqualTo(error));

    [TestCase("2026-03-15T01:00:00Z", true)]
    [TestCase("2026-03-15T01:00:00.5+05:30", true)]
    [TestCase("2026-03-15T01:00:00.1234567-08:00", true)]
    [TestCase("2026-03-15T01:00:00", false)]
    [TestCase("2026-03-15T01:00:00 01:00", false, Description = "a plus sign that was not encoded")]
    [TestCase("2026-03-15", false)]
    [TestCase("01:00Z", false)]
    [TestCase("03/15/2026 01:00:00 Z", false)]
    [TestCase("2026-02-29T01:00:00Z", false)]
    [TestCase("0001-01-01T00:00:00+14:00", false)]
    [TestCase("tomorrow", false)]
    [TestCase("", false)]
    public void Accepts_only_times_with_an_offset(string time, bool isTime) =>
        Assert.That(
            Errors(Everything with { DueBefore = time, DueAfter = time }),
            Is.EqualTo(isTime ? "" : "dueBefore: invalid_format, dueAfter: invalid_format")
        );

    [TestCase(200, "")]
    [TestCase(201, "q: too_long")]
    public void Refuses_a_search_text_longer_than_a_title(int length, string error) =>
        Assert.That(Errors(Everything with { Q = new string('q', length) }), Is.EqualTo(error));

    [TestCase("a b c d e f g h i j", "")]
    [TestCase("a b c d e f g h i j k", "q: too_long")]
    public void Searches_for_ten_words_at_most(string text, string error) =>
        Assert.That(Errors(Everything with { Q = text }), Is.EqualTo(error));

    [Test]
    public void Searches_only_for_printable_text() =>
        Assert.That(Errors(Everything with { Q = "a\0" }), Is.EqualTo("q: invalid_format"));

    [TestCase(0, "limit: out_of_range")]
    [TestCase(1, "")]
    [TestCase(200, "")]
    [TestCase(201, "limit: out_of_range")]
    public void Checks_the_limit(int limit, string error) =>
        Assert.That(Errors(Everything with { Limit = limit }), Is.EqualTo(error));

    private static string Errors(ListTasksQuery query) => new ListTasksValidator().ErrorTextOf(query);
}
