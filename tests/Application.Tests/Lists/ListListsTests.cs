using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Lists;
using Moq;

namespace Fitnessify.Application.Tests.Lists;

public sealed class ListListsTests
{
    private readonly StoredLists _stored = new();

    [TestCase]
    [TestCase("Training")]
    [TestCase("Training", "Archive", "Home")]
    public async Task Returns_all_lists_of_the_caller_in_their_order_as_one_page(params string[] names)
    {
        var lists = new Mock<IListRepository>(MockBehavior.Strict);
        lists
            .Setup(port => port.ListAsync(_stored.Id, CancellationToken.None))
            .ReturnsAsync([.. names.Select(name => _stored.Store(name))]);

        var result = await new ListListsHandler(_stored, lists.Object, Given.Mapper).Handle(
            new ListListsQuery(),
            CancellationToken.None
        );

        Assert.That(result.Value?.Items.Select(list => list.Name), Is.EqualTo(names));
        Assert.That(result.Value?.NextCursor, Is.Null);
    }
}
