using Fitnessify.Application;
using Fitnessify.Infrastructure;
using Fitnessify.WebApi;
using Fitnessify.WebApi.Cli;
using Fitnessify.WebApi.Http.Observability;

return await CommandLine.RunAsync(
    args,
    settings =>
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = settings, ContentRootPath = Hosting.ContentRoot(settings) }
        );
        builder.AddHosting();
        builder.AddSerilog();
        builder.Services.AddApplication();
        builder.Services.AddInfrastructure(builder.Configuration, builder.Environment);
        builder.Services.AddWebApi(builder.Configuration, builder.Environment);

        var app = builder.Build();
        app.UseWebApi();
        return app;
    }
);
