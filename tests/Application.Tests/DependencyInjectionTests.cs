using Fitnessify.Application.Auth;
using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Application.Tests;

public sealed class DependencyInjectionTests
{
    [Test]
    public void Every_mapping_covers_all_members() =>
        Assert.That(() => Given.Mapper.ConfigurationProvider.AssertConfigurationIsValid(), Throws.Nothing);

    [Test]
    [SetUICulture("de")]
    public void Messages_are_in_English_on_every_machine()
    {
        new ServiceCollection().AddApplication();

        var failures = new LoginUserValidator().Validate(new LoginUserCommand("", "")).Errors;

        Assert.That(failures.Select(failure => failure.ErrorMessage), Has.Some.EndsWith("must not be empty."));
    }

    [Test]
    public void Every_validator_fails_with_documented_error_codes()
    {
        var known = typeof(FieldErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);

        var validators = AssemblyScanner
            .FindValidatorsInAssembly(typeof(DependencyInjection).Assembly, includeInternalTypes: true)
            .Select(found => (IValidator)Activator.CreateInstance(found.ValidatorType)!)
            .ToList();

        var unknown =
            from validator in validators
            from rule in validator.CreateDescriptor().Rules
            from component in rule.Components
            // These fail with the codes of the inner validator, which is checked too.
            where component.Validator is not IChildValidatorAdaptor
            // This rule never fails itself but adds failures with codes of its own, which ChecklistRulesTests covers.
            where rule.PropertyName != nameof(TaskInput.Checklist)
            let code = component.ErrorCode ?? component.Validator.Name
            let shown = new FluentValidation.Results.ValidationFailure("any", "") { ErrorCode = code }.ToFieldError()
            where !known.Contains(shown.Code)
            select $"{validator.GetType().Name}: {rule.PropertyName}: {shown.Code}";

        Assert.That(validators, Is.Not.Empty);
        Assert.That(unknown, Is.Empty);
    }
}
