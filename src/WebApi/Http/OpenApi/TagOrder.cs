using NSwag;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>
/// The order of the groups in the document and on its pages: first what every app needs, last what only administrators do.
/// Without it, they stand in the order of the names of the controllers.
/// </summary>
internal static class TagOrder
{
    private static readonly string[] Tags =
    [
        "Auth",
        "Guests",
        "Users",
        "Sessions",
        "Mfa",
        "Passkeys",
        "Identities",
        "Tasks",
        "Lists",
        "Changes",
        "Notifications",
        "NotificationSettings",
        "Devices",
        "Admin",
    ];

    /// <summary>Sorts the tags and the paths. What stands in one group keeps its order, and unknown groups come first.</summary>
    public static void Apply(OpenApiDocument document)
    {
        document.Tags = [.. document.Tags.OrderBy(tag => IndexOf(tag.Name))];
        var paths = document.Paths.OrderBy(path => IndexOf(path.Value.Values.First().Tags[0])).ToList();
        document.Paths.Clear();
        foreach (var (path, item) in paths)
        {
            document.Paths[path] = item;
        }
    }

    private static int IndexOf(string tag) => Array.IndexOf(Tags, tag);
}
