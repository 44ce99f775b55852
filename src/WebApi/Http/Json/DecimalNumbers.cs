using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Fitnessify.WebApi.Http.Json;

/// <summary>
/// The binder accepts plain decimal numbers only. The binder of the framework also takes 0x2, #2, and surrounding white
/// space.
/// </summary>
internal sealed class DecimalNumbers : IModelBinderProvider, IModelBinder
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.Metadata.ModelType == typeof(int) ? this : null;

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var value = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
        if (value == ValueProviderResult.None)
        {
            return Task.CompletedTask;
        }

        bindingContext.ModelState.SetModelValue(bindingContext.ModelName, value);
        if (int.TryParse(value.FirstValue, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            bindingContext.Result = ModelBindingResult.Success(number);
        }
        else
        {
            bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, "not a number");
        }

        return Task.CompletedTask;
    }
}
