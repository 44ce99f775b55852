using Fitnessify.Application;
using Fitnessify.Infrastructure;
using Fitnessify.WebApi;
using Fitnessify.WebApi.Http;

try
{
    var builder = WebApplication.CreateBuilder(
        new WebApplicationOptions { Args = Commands.SettingsOf(args), ContentRootPath = Hosting.ContentRoot(args) }
    );
    builder.AddHosting();
    builder.AddSerilog();
    builder.Services.AddApplication();
    builder.Services.AddInfrastructure(builder.Configuration, builder.Environment);
    builder.Services.AddWebApi(builder.Configuration, builder.Environment);

    await using var app = builder.Build();
    app.UseWebApi();
    return await Commands.RunAsync(app, args);
}
catch (SettingsException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
