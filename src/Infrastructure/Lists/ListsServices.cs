using Fitnessify.Domain.Lists;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Lists;

internal static class ListsServices
{
    public static void AddLists(this IServiceCollection services)
    {
        services.AddScoped<IListRepository, ListRepository>();
        services.AddScoped<IDeletedLists, DeletedLists>();
        services.AddScoped<ISaveStep, ListStep>();
        services.AddSingleton<ISaveErrors, ListSaveErrors>();
        services.AddJob<EmptyDeletedListsJob>(trigger => trigger.Every(EmptyDeletedListsJob.Interval));
    }
}
