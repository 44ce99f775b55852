using System.Text.Json.Nodes;

namespace Fitnessify.WebApi.Tests.Operations;

/// <summary>The console output of the program.</summary>
public sealed class ConsoleTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");

    [TearDown]
    public void CleanUp() => _folder.Delete(recursive: true);

    [Test]
    public async Task Writes_no_secret_and_no_address_to_the_console_at_any_level()
    {
        var grace = Person.Random();
        using var server = ServerProcess.Run(
            _folder.FullName,
            [
                "--Serilog:MinimumLevel:Default=Verbose",
                "--Serilog:MinimumLevel:Override:Microsoft=Verbose",
                "--Serilog:MinimumLevel:Override:System=Verbose",
                "--Serilog:MinimumLevel:Override:Quartz=Verbose",
                // As in production, this writes every property, and not only the text.
                "--Serilog:WriteTo:0:Name=Console",
                "--Serilog:WriteTo:0:Args:formatter=Serilog.Formatting.Json.JsonFormatter, Serilog",
                "--RateLimits:Enabled=false",
                "--Accounts:Guests=true",
                // Each route has two failed sign-ins, all from one address.
                "--Accounts:FailedSignInAddressLimit=100000",
                "--Jobs:OverdueScanSeconds=1",
                .. Api.Google.Arguments,
                .. Api.Apple.Arguments,
                .. TestPushService.Arguments,
                $"--Seed:Admin:Username={grace.Username}",
                $"--Seed:Admin:Email={grace.Email}",
                $"--Seed:Admin:Password={grace.Password}",
            ]
        );
        var admin = await server.ListensAsync();
        await admin.SignInAsync(grace);
        var mails = new MailFolder(Path.Combine(_folder.FullName, "data", "mail"));
        var secrets = new PlantedSecrets(server.Anonymous, admin, mails);
        await secrets.CallAllRoutesAsync();
        await server.TerminateAsync();
        secrets.AssertNoneIn((await server.OutputAsync()).Split('\n'));
    }

    [Test]
    public async Task Writes_lines_of_JSON_outside_Development()
    {
        using var server = ServerProcess.Run(
            _folder.FullName,
            ["--Transport:RequireHttps=false", "--Accounts:PasswordIterations=220000"],
            ("ASPNETCORE_ENVIRONMENT", "Production")
        );
        using var registered = await (await server.ListensAsync()).RegisterAsync(Person.Random());
        await server.TerminateAsync();

        var lines = (await server.OutputAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!["Properties"]!);
        Assert.That(
            lines.Select(properties => $"{properties["Route"]} {properties["Status"]}"),
            Has.One.EqualTo("/api/v1/auth/register 201")
        );
    }
}
