using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tasks;

internal static class TasksServices
{
    public static void AddTasks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<TaskOptions>(configuration, "Tasks");
        services.AddSingleton<TaskQueries>();
        services.AddScoped<ITaskRepository, TaskRepository>();
        services.AddScoped<ISeriesRepository, SeriesRepository>();
        services.AddScoped<ITaskTrash, TaskTrash>();
        services.AddSingleton<IRecurrenceRules, RecurrenceRules>();
        services.AddSingleton<TimeZoneData>();
        services.AddScoped<ITaskRescheduling, TaskRescheduling>();
        services.AddScoped<ISaveStep, TaskStep>();
        services.AddScoped<StreakStep>();
        services.AddScoped<ISaveStep>(provider => provider.GetRequiredService<StreakStep>());
        services.AddSingleton<ISaveErrors, TaskSaveErrors>();
        services.AddJob<RescheduleTasksJob>(trigger => trigger.Every(RescheduleTasksJob.Interval));
    }
}
