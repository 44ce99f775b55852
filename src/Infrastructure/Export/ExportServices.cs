using Fitnessify.Domain.Export;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Export;

internal static class ExportServices
{
    public static void AddExport(this IServiceCollection services) => services.AddScoped<IPersonalData, PersonalData>();
}
