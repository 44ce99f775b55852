using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class TaskErrorsTests
{
    [Test]
    public void A_list_that_is_not_allowed_is_an_error_of_its_field()
    {
        var error = TaskErrors.ListNotAllowed;

        Assert.That(error with { Fields = null }, Is.EqualTo(CommonErrors.ValidationFailed));
        Assert.That(
            error.Fields!.Select(field => (string.Join('.', field.Path), field.Code)),
            Is.EqualTo([("listId", FieldErrorCodes.NotAllowed)])
        );
    }

    // Use cases compare the failure of a save with those that they can handle.
    [Test]
    public void A_failure_is_equal_each_time_and_differs_from_others_of_its_code()
    {
        var (list, checklist) = (TaskErrors.ListNotAllowed, TaskErrors.ChecklistTooLong);

        Assert.That(TaskErrors.ListNotAllowed, Is.EqualTo(list));
        Assert.That(TaskErrors.ChecklistTooLong, Is.EqualTo(checklist));
        Assert.That(list, Is.Not.EqualTo(checklist));
    }
}
