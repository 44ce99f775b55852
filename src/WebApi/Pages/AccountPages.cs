namespace Fitnessify.WebApi.Pages;

/// <summary>
/// The links in mails open these two pages in a browser. They are embedded in the assembly and use the API like any other
/// client.
/// </summary>
internal static class AccountPages
{
    public const string Root = "/account";

    /// <summary>The policy permits scripts to call this server only, and permits no framing.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string File, string Type)[] Files =
    [
        ("confirm-email", "confirm-email.html", "text/html; charset=utf-8"),
        ("reset-password", "reset-password.html", "text/html; charset=utf-8"),
        ("authenticators", "authenticators.html", "text/html; charset=utf-8"),
        ("account.css", "account.css", "text/css; charset=utf-8"),
        ("account.js", "account.js", "text/javascript; charset=utf-8"),
        ("confirm-email.js", "confirm-email.js", "text/javascript; charset=utf-8"),
        ("reset-password.js", "reset-password.js", "text/javascript; charset=utf-8"),
        ("authenticators.js", "authenticators.js", "text/javascript; charset=utf-8"),
    ];

    public static void MapAccountPages(this WebApplication app)
    {
        foreach (var (path, file, type) in Files)
        {
            var content = Read(file);
            app.MapMethods(
                    $"{Root}/{path}",
                    [HttpMethods.Get, HttpMethods.Head],
                    context =>
                    {
                        context.Response.ContentType = type;
                        context.Response.ContentLength = content.Length;
                        context.Response.Headers.CacheControl = "no-cache";
                        return HttpMethods.IsHead(context.Request.Method)
                            ? Task.CompletedTask
                            : context.Response.Body.WriteAsync(content).AsTask();
                    }
                )
                .AllowAnonymous()
                .ExcludeFromDescription();
        }
    }

    private static byte[] Read(string file)
    {
        using var stream =
            typeof(AccountPages).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"There is no page {file}.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
