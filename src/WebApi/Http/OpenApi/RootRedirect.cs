using System.Net.Mime;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>
/// Leads a person who opens the address of the server in a browser to the documentation. Programs find nothing there: for them
/// the root is a path like any other that does not exist, and so it is no route.
/// </summary>
internal static class RootRedirect
{
    public static void UseRootRedirect(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                if (context.Request.Path != "/" || !WantsPage(context.Request))
                {
                    return next(context);
                }

                // Not for good: another page may stand there one day.
                context.Response.Redirect(ApiDocument.PagesRoute);
                return Task.CompletedTask;
            }
        );

    private static bool WantsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);
}
