using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Tests.Lists;

public sealed class DeleteListTests
{
    private readonly StoredLists _lists = new();
    private readonly TaskList _list;

    public DeleteListTests() => _list = _lists.Store("Training");

    [TestCase(false)]
    [TestCase(true)]
    public async Task Deletes_the_list(bool expectsVersion)
    {
        var result = await DeleteAsync(
            _list.Id,
            expectsVersion ? new Precondition(new NamedVersions([_list.Version])) : Precondition.None
        );

        var row = _lists.Row(_list.Id);
        Assert.That(result.IsSuccess, Is.True);
        Assert.That((row.DeletedAt, row.Version), Is.EqualTo(((DateTimeOffset?)Given.Now, _list.Version + 1)));
    }

    [Test]
    public async Task Deletes_a_list_that_was_changed_meanwhile_when_no_version_is_expected()
    {
        _lists.BeforeNextSave = () =>
            _lists.Change(_list.Id, list => list.Edit(StoredLists.Fields("Sport"), Given.Now));

        var result = await DeleteAsync(_list.Id);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That((_lists.Row(_list.Id).Name, _lists.Row(_list.Id).DeletedAt), Is.EqualTo(("Sport", Given.Now)));
    }

    [Test]
    public async Task Does_not_find_a_list_that_is_unknown_deleted_or_of_another_user()
    {
        var foreign = _lists.Store("Theirs", ownerId: Guid.NewGuid());
        var deleted = _lists.Store("Gone", isDeleted: true);

        foreach (var id in new[] { foreign.Id, deleted.Id, Guid.NewGuid() })
        {
            var result = await DeleteAsync(id);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        }

        Assert.That((_lists.Row(foreign.Id).DeletedAt, _lists.Saves), Is.EqualTo(((DateTimeOffset?)null, 0)));
    }

    [Test]
    public async Task Returns_the_current_list_when_the_version_is_stale()
    {
        var result = await DeleteAsync(_list.Id, new Precondition(new NamedVersions([_list.Version + 1])));

        Assert.That(result.Error?.Code, Is.EqualTo("precondition_failed"));
        Assert.That(((ListDto)result.Error!.Details!["current"]).Version, Is.EqualTo(_list.Version));
        Assert.That(_lists.Row(_list.Id).DeletedAt, Is.Null);
    }

    private Task<Result> DeleteAsync(Guid id, Precondition? precondition = null) =>
        new DeleteListHandler(_lists.Writer).Handle(
            new DeleteListCommand(id, precondition ?? Precondition.None),
            CancellationToken.None
        );
}
