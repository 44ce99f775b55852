using Fitnessify.Application.Common;
using Fitnessify.Application.Pipeline;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Tests.Pipeline;

public sealed class ValidationBehaviorTests
{
    private bool _isHandled;

    [Test]
    public async Task Passes_a_valid_request_to_the_handler()
    {
        var result = await HandleAsync(new Sample("fine", [new Item("a")]), new SampleValidator());

        Assert.That(result.Value, Is.EqualTo(42));
    }

    [Test]
    public async Task Passes_a_request_without_a_validator_to_the_handler()
    {
        var result = await HandleAsync(new Sample(null, []));

        Assert.That(result.Value, Is.EqualTo(42));
    }

    [Test]
    public async Task Stops_an_invalid_request_before_the_handler()
    {
        var result = await HandleAsync(new Sample(null, []), new SampleValidator());

        Assert.That(result.Error! with { Fields = null }, Is.EqualTo(CommonErrors.ValidationFailed));
        Assert.That(_isHandled, Is.False);
    }

    [Test]
    public async Task Lists_all_errors_with_their_paths_in_the_names_of_the_API()
    {
        var request = new Sample("too long", [new Item("a"), new Item("too long"), new Item(null)]);

        var result = await HandleAsync(request, new SampleValidator());

        Assert.That(
            result.Error!.Fields!.Select(field => (string.Join('/', field.Path), field.Code)),
            Is.EqualTo([
                ("firstName", "too_long"),
                ("subItems/1/shortTitle", "too_long"),
                ("subItems/2/shortTitle", "required"),
            ])
        );
    }

    [Test]
    public async Task Lists_one_error_per_value()
    {
        var result = await HandleAsync(new Sample("", []), new SampleValidator());

        Assert.That(result.Error!.Fields!.Select(field => field.Code), Is.EqualTo(["required"]));
    }

    private Task<Result<int>> HandleAsync(Sample request, params IValidator<Sample>[] validators) =>
        new ValidationBehavior<Sample, Result<int>>(validators).Handle(
            request,
            CancellationToken.None,
            () =>
            {
                _isHandled = true;
                return Task.FromResult<Result<int>>(42);
            }
        );

    private sealed record Sample(string? FirstName, IReadOnlyList<Item> SubItems) : IRequest<Result<int>>;

    private sealed record Item(string? ShortTitle);

    private sealed class SampleValidator : RequestValidator<Sample>
    {
        public SampleValidator()
        {
            RuleFor(sample => sample.FirstName).NotEmpty().MinimumLength(2).MaximumLength(5);
            RuleForEach(sample => sample.SubItems).SetValidator(new ItemValidator());
        }
    }

    private sealed class ItemValidator : RequestValidator<Item>
    {
        public ItemValidator() => RuleFor(item => item.ShortTitle).NotEmpty().MaximumLength(5);
    }
}
