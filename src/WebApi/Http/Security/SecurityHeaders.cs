using Fitnessify.WebApi.Pages;

namespace Fitnessify.WebApi.Http.Security;

/// <summary>Every response carries these headers (ASVS 5.0, 3.4).</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IHostEnvironment environment)
{
    // One year is the minimum for HSTS preload lists.
    private const string HstsValue = "max-age=31536000; includeSubDomains";

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    // The hashes belong to the script of the NSwag page and to the one style that Swagger UI inserts, the colors of its logo;
    // its icons are data: URLs.
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self' 'sha256-72aIkNeL7nKBFPLTJaqc1cdRpnftIH+Ovj6KnVB81cg='; "
        + "style-src 'self' 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='; "
        + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly bool _isDevelopment = environment.IsDevelopment();

    public Task InvokeAsync(HttpContext context)
    {
        // The headers are set when the response starts, because error handling clears earlier ones. The HSTS middleware of
        // the framework sets them earlier and would lose them on error pages.
        context.Response.OnStarting(
            static state =>
            {
                var (self, context) = ((SecurityHeaders, HttpContext))state;
                self.SetHeaders(context);
                return Task.CompletedTask;
            },
            (this, context)
        );
        return next(context);
    }

    private void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy =
            context.Request.Path.StartsWithSegments("/docs") ? DocsPolicy
            : context.Request.Path.StartsWithSegments(AccountPages.Root) ? AccountPages.ContentSecurityPolicy
            : ApiPolicy;
        if (context.Request.IsHttps && !_isDevelopment)
        {
            headers.StrictTransportSecurity = HstsValue;
        }

        if (context.Request.Path.StartsWithSegments("/api") && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
    }
}
