using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Pipeline;

/// <summary>Returns <c>validation_failed</c> with all field errors before the handler runs.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IOutcome<TResponse>
{
    public Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        List<FieldError>? errors = null;
        foreach (var validator in validators)
        {
            foreach (var failure in validator.Validate(request).Errors)
            {
                (errors ??= []).Add(failure.ToFieldError());
            }
        }

        return errors is null ? next() : Task.FromResult(TResponse.Failed(CommonErrors.Validation(errors)));
    }
}
