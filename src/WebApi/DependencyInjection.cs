using Fitnessify.Domain.Auth;
using Fitnessify.WebApi.Http;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Json;
using Fitnessify.WebApi.Http.Observability;
using Fitnessify.WebApi.Http.OpenApi;
using Fitnessify.WebApi.Http.RateLimits;
using Fitnessify.WebApi.Http.Security;
using Fitnessify.WebApi.Pages;
using FluentValidation;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi;

/// <summary>This class registers the services of the web layer and orders its middleware.</summary>
internal static class DependencyInjection
{
    public static void AddWebApi(
        this IServiceCollection services,
        IConfiguration configuration,
        IWebHostEnvironment environment
    )
    {
        // The pipeline of the use cases runs the validators; MVC does not know them
        // (docs/decisions/0019-validation-in-the-pipeline.md).
        services.AddValidatorsFromAssembly(
            typeof(Application.DependencyInjection).Assembly,
            ServiceLifetime.Singleton,
            includeInternalTypes: true
        );
        services.AddControllers(Mvc.Configure).ConfigureApiBehaviorOptions(Mvc.Configure);
        services.Configure<JsonOptions>(options => JsonFormat.Configure(options.JsonSerializerOptions));
        services.ConfigureHttpJsonOptions(options => JsonFormat.Configure(options.SerializerOptions));
        services.AddHttpContextAccessor();
        services.AddSingleton<ICurrentUser, CurrentUser>();
        services.AddSingleton<IClient, Client>();
        services.AddExceptionHandler<UnhandledExceptions>();
        services.AddBearerAuthentication();
        services.AddRateLimits(configuration);
        services.AddTransport(configuration, environment);
        services.AddApiDocument();
        services.AddReadiness();
    }

    /// <summary>The order matters: earlier middleware sees every response of the later ones.</summary>
    public static void UseWebApi(this WebApplication app)
    {
        app.UseKnownProxies();
        app.UseRequestSpans();
        app.UseRequestLog();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Problems.WriteForStatusAsync(context.HttpContext));
        app.UseHttpsOnly();
        app.UseRootRedirect();
        app.UseApiPages();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseMiddleware<RateLimiting>();
        app.UseAuthorization();
        app.MapControllers().RequireAuthorization(Policies.LiveSession);
        app.MapApiDocument();
        app.MapAccountPages();
        app.MapReadiness();
        app.AnnounceStart();
    }
}
