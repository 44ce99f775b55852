using Fitnessify.Domain.Common;
using Quartz;

namespace Fitnessify.Infrastructure.Jobs;

/// <summary>Makes a failure of what a job has sent one of the job, so that the log and the metrics know.</summary>
internal static class JobResults
{
    /// <exception cref="JobExecutionException">It was refused.</exception>
    public static void ThrowIfRefused(this Result result)
    {
        if (!result.IsSuccess)
        {
            throw new JobExecutionException($"{result.Error.Code}: {result.Error.Message}");
        }
    }
}
