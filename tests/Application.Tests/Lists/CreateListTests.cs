using Fitnessify.Application.Lists;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;

namespace Fitnessify.Application.Tests.Lists;

public sealed class CreateListTests
{
    private readonly StoredLists _lists = new();

    [Test]
    public async Task Stores_the_values_of_the_client_under_an_id_that_sorts_by_time()
    {
        var archivedAt = Given.Now.AddHours(-1);

        var result = await CreateAsync(new ListInput(" \u2068Training\u2069 ", "#12abEF", "B", archivedAt));

        var row = _lists.Row(result.Value!.Id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.Id.Version, Is.EqualTo(7));
            Assert.That(row.OwnerId, Is.EqualTo(_lists.Id));
            Assert.That(row.Fields, Is.EqualTo(new ListFields("Training", "#12abEF", "B", archivedAt)));
            Assert.That(
                result.Value,
                Is.EqualTo(
                    new ListDto(row.Id, "Training", "#12abEF", "B", archivedAt, Given.Now, Given.Now, row.Version)
                )
            );
        }
    }

    [Test]
    public async Task Requires_only_a_name()
    {
        var result = await CreateAsync(new ListInput("Training"));

        Assert.That(
            _lists.Row(result.Value!.Id).Fields,
            Is.EqualTo(new ListFields("Training", null, Positions.Default(1), null))
        );
    }

    [Test]
    public async Task Fails_when_the_user_has_too_many_lists()
    {
        _lists.Refusal = CommonErrors.LimitReached;

        var result = await CreateAsync(new ListInput("Training"));

        Assert.That(result.Error, Is.EqualTo(CommonErrors.LimitReached));
    }

    [TestCaseSource(typeof(ListShapes), nameof(ListShapes.Names))]
    public void Checks_the_name(string? name, string error) =>
        Assert.That(Errors(new ListInput(name!)), Is.EqualTo(error));

    [TestCaseSource(typeof(ListShapes), nameof(ListShapes.Colors))]
    public void Checks_the_color(string? color, string error) =>
        Assert.That(Errors(new ListInput("Training", color)), Is.EqualTo(error));

    [TestCaseSource(typeof(ListShapes), nameof(ListShapes.Positions))]
    public void Checks_the_position(string? position, string error) =>
        Assert.That(Errors(new ListInput("Training", Position: position)), Is.EqualTo(error));

    [Test]
    public void Names_every_invalid_value_by_its_position_in_the_body() =>
        Assert.That(
            Errors(new ListInput("", "red", "0")),
            Is.EqualTo("name: required, color: invalid_format, position: invalid_format")
        );

    private static string Errors(ListInput body) => new CreateListValidator().ErrorTextOf(new CreateListCommand(body));

    private Task<Result<ListDto>> CreateAsync(ListInput body) =>
        new CreateListHandler(_lists, _lists, _lists, Given.Mapper, _lists.Clock).Handle(
            new CreateListCommand(body),
            CancellationToken.None
        );
}
