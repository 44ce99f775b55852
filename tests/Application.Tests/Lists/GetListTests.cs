using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Lists;

public sealed class GetListTests
{
    private readonly StoredLists _lists = new();

    [Test]
    public async Task Returns_the_list()
    {
        var list = _lists.Store("Training");
        _lists.Change(list.Id, stored => stored.Edit(stored.Fields with { ArchivedAt = Given.Now }, Given.Now));

        var result = await GetAsync(list.Id);

        Assert.That(
            result.Value,
            Is.EqualTo(
                new ListDto(list.Id, "Training", "#12abef", "a", Given.Now, list.CreatedAt, Given.Now, list.Version + 1)
            )
        );
    }

    [Test]
    public async Task Does_not_find_a_list_that_is_unknown_deleted_or_of_another_user()
    {
        var foreign = _lists.Store("Theirs", ownerId: Guid.NewGuid());
        var deleted = _lists.Store("Gone", isDeleted: true);

        foreach (var id in new[] { foreign.Id, deleted.Id, Guid.NewGuid() })
        {
            var result = await GetAsync(id);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        }
    }

    private Task<Result<ListDto>> GetAsync(Guid id) =>
        new GetListHandler(_lists, _lists, Given.Mapper).Handle(new GetListQuery(id), CancellationToken.None);
}
