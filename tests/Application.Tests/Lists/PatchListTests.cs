using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Tests.Lists;

public sealed class PatchListTests
{
    private static readonly ListPatch Nothing = new(default, default, default, default);

    private readonly StoredLists _lists = new();
    private readonly TaskList _list;

    public PatchListTests() => _list = _lists.Store("Training");

    [Test]
    public async Task Changes_only_the_members_in_the_patch()
    {
        var result = await PatchAsync(Nothing with { ArchivedAt = new(Given.Now) });

        Assert.That(_lists.Row(_list.Id).Fields, Is.EqualTo(_list.Fields with { ArchivedAt = Given.Now }));
        Assert.That(
            (result.Value?.Name, result.Value?.ArchivedAt, result.Value?.UpdatedAt, result.Value?.Version),
            Is.EqualTo(("Training", Given.Now, Given.Now, _list.Version + 1))
        );
    }

    [TestCase(null)]
    [TestCase("Training")]
    [TestCase("  Training ")]
    public async Task A_patch_without_changes_keeps_version_and_time(string? name)
    {
        var result = await PatchAsync(name is null ? Nothing : Name(name));

        Assert.That((result.Value?.Version, result.Value?.UpdatedAt), Is.EqualTo((_list.Version, _list.UpdatedAt)));
    }

    [Test]
    public async Task A_position_of_null_moves_the_list_where_it_was_created()
    {
        var result = await PatchAsync(Nothing with { Position = new(null) });

        Assert.That(result.Value?.Position, Is.EqualTo(Positions.Default(_list.CreatedVersion)));
    }

    [Test]
    public async Task Two_concurrent_patches_without_a_precondition_both_apply()
    {
        _lists.BeforeNextSave = () =>
            _lists.Change(_list.Id, list => list.Edit(list.Fields with { Color = null }, Given.Now));

        await PatchAsync(Name("Sport"));

        Assert.That(_lists.Row(_list.Id).Fields, Is.EqualTo(_list.Fields with { Name = "Sport", Color = null }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task With_a_precondition_the_later_of_two_patches_gets_the_current_list(bool isInTheMiddle)
    {
        void Change() => _lists.Change(_list.Id, list => list.Edit(StoredLists.Fields("Home"), Given.Now));
        if (isInTheMiddle)
        {
            _lists.BeforeNextSave = Change;
        }
        else
        {
            Change();
        }

        var result = await PatchAsync(Name("Sport"), new Precondition(new NamedVersions([_list.Version])));

        Assert.That(result.Error?.Code, Is.EqualTo("precondition_failed"));
        var current = (ListDto)result.Error!.Details!["current"];
        Assert.That((current.Name, current.Version), Is.EqualTo(("Home", _list.Version + 1)));
        Assert.That(_lists.Row(_list.Id).Name, Is.EqualTo("Home"));
    }

    [Test]
    public async Task Changes_a_list_that_has_the_expected_version()
    {
        var result = await PatchAsync(Name("Sport"), new Precondition(new NamedVersions([_list.Version])));

        Assert.That(result.Value?.Name, Is.EqualTo("Sport"));
    }

    [Test]
    public async Task Does_not_find_a_list_that_is_unknown_deleted_or_of_another_user()
    {
        var foreign = _lists.Store("Theirs", ownerId: Guid.NewGuid());
        var deleted = _lists.Store("Gone", isDeleted: true);

        foreach (var id in new[] { foreign.Id, deleted.Id, Guid.NewGuid() })
        {
            var result = await PatchAsync(Name("Mine"), new Precondition(new NamedVersions([99])), id);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        }

        Assert.That((_lists.Row(foreign.Id).Name, _lists.Saves), Is.EqualTo(("Theirs", 0)));
    }

    [Test]
    public async Task Fails_with_not_found_when_the_list_is_deleted_meanwhile()
    {
        _lists.BeforeNextSave = () => _lists.Change(_list.Id, list => list.Delete(Given.Now));

        var result = await PatchAsync(Name("Sport"));

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
    }

    private static ListPatch Name(string name) => Nothing with { Name = new(name) };

    private Task<Result<ListDto>> PatchAsync(ListPatch patch, Precondition? precondition = null, Guid? id = null) =>
        new PatchListHandler(_lists.Writer).Handle(
            new PatchListCommand(id ?? _list.Id, patch, precondition ?? Precondition.None),
            CancellationToken.None
        );
}
