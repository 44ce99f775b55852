namespace Fitnessify.Client;

/// <summary>These methods use the versions of tasks and lists as entity tags.</summary>
public static class ETags
{
    /// <summary>Returns the ETag of a task, for <c>ifMatch</c> and <c>ifNoneMatch</c>.</summary>
    public static string ETag(this TaskDto task) => $"\"{task.Version}{(task.IsOverdue ? ".o" : "")}\"";

    /// <summary>Returns the ETag of a list, for <c>ifMatch</c> and <c>ifNoneMatch</c>.</summary>
    public static string ETag(this ListDto list) => $"\"{list.Version}\"";

    /// <summary>Turns the 304 of a call with <c>ifNoneMatch</c> into null: the local copy is still current.</summary>
    public static async Task<T?> IfChangedAsync<T>(this Task<T> call)
        where T : class
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (FitnessifyException refusal) when (refusal.Status == 304)
        {
            return null;
        }
    }
}
