using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Tests.Lists;

public sealed class ReplaceListTests
{
    private static readonly ListInput Body = new("Sport", "#ffffff");
    private static readonly Precondition OnlyNew = new(IfNoneMatch: NamedVersions.Any);
    private static readonly Precondition[] Unmet = [OnlyNew, new(new NamedVersions([99]))];

    private readonly StoredLists _lists = new();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Creates_the_list_under_the_id_chosen_by_the_client(bool onlyNew)
    {
        var id = Guid.NewGuid();

        var result = await ReplaceAsync(id, onlyNew ? OnlyNew : Precondition.None);

        Assert.That(result.Value?.IsNew, Is.True);
        Assert.That((result.Value!.Item.Id, result.Value.Item.Version), Is.EqualTo((id, 1)));
        Assert.That((_lists.Row(id).OwnerId, _lists.Row(id).Name), Is.EqualTo((_lists.Id, "Sport")));
    }

    [Test]
    public async Task Replaces_the_list_as_a_whole()
    {
        var list = _lists.Store("Training");

        var result = await ReplaceAsync(list.Id, new Precondition(new NamedVersions([7, list.Version])));

        Assert.That(result.Value?.IsNew, Is.False);
        Assert.That(result.Value!.Item.Version, Is.EqualTo(list.Version + 1));
        Assert.That(
            _lists.Row(list.Id).Fields,
            Is.EqualTo(new ListFields("Sport", "#ffffff", Positions.Default(list.CreatedVersion), null))
        );
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_retry_changes_nothing(bool onlyNew)
    {
        var id = Guid.NewGuid();
        var precondition = onlyNew ? OnlyNew : Precondition.None;
        var first = await ReplaceAsync(id, precondition);
        _lists.Clock.Advance(TimeSpan.FromMinutes(1));

        var second = await ReplaceAsync(id, precondition);

        Assert.That(second.Value?.IsNew, Is.False);
        Assert.That(second.Value!.Item, Is.EqualTo(first.Value!.Item));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Finds_the_list_that_a_retry_has_created_meanwhile(bool onlyNew)
    {
        var retried = TaskList.Create(Guid.NewGuid(), _lists.Id, Body.ToFields(), Given.Now);
        _lists.BeforeNextSave = () => _lists.Write(retried);

        var result = await ReplaceAsync(retried.Id, onlyNew ? OnlyNew : Precondition.None);

        Assert.That(result.Value?.IsNew, Is.False);
        Assert.That(_lists.Row(retried.Id).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Restores_a_deleted_list()
    {
        var list = _lists.Store("Training", isDeleted: true);

        var result = await ReplaceAsync(list.Id);

        Assert.That((result.Value?.IsNew, result.Value?.Item.Name), Is.EqualTo((false, "Sport")));
        Assert.That(_lists.Row(list.Id).DeletedAt, Is.Null);
    }

    [Test]
    public async Task Restores_a_deleted_list_that_has_the_same_values()
    {
        var list = _lists.Store("Training", isDeleted: true);

        var result = await ReplaceAsync(list.Id, body: new ListInput("Training", "#12abef", "a"));

        Assert.That(
            (result.Value?.Item.Version, result.Value?.Item.UpdatedAt),
            Is.EqualTo((list.Version + 1, Given.Now))
        );
        Assert.That(_lists.Row(list.Id).DeletedAt, Is.Null);
    }

    [Test]
    public async Task Returns_the_current_list_when_only_a_new_one_was_requested()
    {
        var list = _lists.Store("Training");

        var result = await ReplaceAsync(list.Id, OnlyNew);

        Assert.That(result.Error?.Code, Is.EqualTo("precondition_failed"));
        Assert.That(((ListDto)result.Error!.Details!["current"]).Name, Is.EqualTo("Training"));
        Assert.That(_lists.Row(list.Id).Version, Is.EqualTo(list.Version));
    }

    [TestCaseSource(nameof(Unmet))]
    public async Task Shows_nothing_of_a_deleted_list_when_the_precondition_is_not_met(Precondition precondition)
    {
        var list = _lists.Store("Sport", isDeleted: true);

        var result = await ReplaceAsync(list.Id, precondition);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(_lists.Row(list.Id).Version, Is.EqualTo(list.Version));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Fails_with_not_found_for_the_id_of_another_user_and_changes_nothing(bool onlyNew)
    {
        var foreign = _lists.Store("Theirs", ownerId: Guid.NewGuid());

        var result = await ReplaceAsync(foreign.Id, onlyNew ? OnlyNew : Precondition.None);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That((_lists.Row(foreign.Id).Name, _lists.Count), Is.EqualTo(("Theirs", 1)));
    }

    [Test]
    public async Task Creates_nothing_when_a_version_is_expected()
    {
        var result = await ReplaceAsync(Guid.NewGuid(), new Precondition(new NamedVersions([1])));

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(_lists.Count, Is.Zero);
    }

    [Test]
    public async Task Returns_the_current_list_when_the_version_is_stale()
    {
        var list = _lists.Store("Training");
        _lists.Change(list.Id, changed => changed.Edit(StoredLists.Fields("Home"), Given.Now));

        var result = await ReplaceAsync(list.Id, new Precondition(new NamedVersions([list.Version])));

        Assert.That(result.Error?.Code, Is.EqualTo("precondition_failed"));
        Assert.That(((ListDto)result.Error!.Details!["current"]).Name, Is.EqualTo("Home"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Fails_when_the_user_has_too_many_lists(bool isRestored)
    {
        var list = _lists.Store("Training", isDeleted: true);
        _lists.Refusal = CommonErrors.LimitReached;

        var result = await ReplaceAsync(isRestored ? list.Id : Guid.NewGuid());

        Assert.That(result.Error, Is.EqualTo(CommonErrors.LimitReached));
    }

    [TestCaseSource(typeof(ListShapes), nameof(ListShapes.Names))]
    public void Validates_the_body_like_that_of_a_new_list(string? name, string error) =>
        Assert.That(
            new ReplaceListValidator().ErrorTextOf(
                new ReplaceListCommand(Guid.NewGuid(), new ListInput(name!), Precondition.None)
            ),
            Is.EqualTo(error)
        );

    private Task<Result<Replaced<ListDto>>> ReplaceAsync(
        Guid id,
        Precondition? precondition = null,
        ListInput? body = null
    ) =>
        new ReplaceListHandler(_lists, _lists.Writer).Handle(
            new ReplaceListCommand(id, body ?? Body, precondition ?? Precondition.None),
            CancellationToken.None
        );
}
