using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Fitnessify.Cluster.Processes;

/// <summary>When something is missing in its environment, the program ends and says so in one line.</summary>
public sealed class StartTests
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");

    [TearDown]
    public void CleanUp() => _folder.Delete(recursive: true);

    [Test]
    public async Task A_folder_in_place_of_the_database_ends_the_process_with_one_line()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "data", "fitnessify.db"));
        await AssertEndsAsync("ConnectionStrings:Fitnessify: the database cannot be used: .*SQLite Error.*");
    }

    [Test]
    public async Task A_file_in_place_of_the_database_folder_ends_the_process_with_one_line()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "data"), "");
        await AssertEndsAsync("ConnectionStrings:Fitnessify: the database cannot be used: .*");
    }

    [Test]
    public async Task A_file_that_is_not_a_database_ends_the_process_with_one_line()
    {
        _folder.CreateSubdirectory("data");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "data", "fitnessify.db"),
            string.Concat(Enumerable.Repeat("This is no database. ", 100))
        );
        await AssertEndsAsync("ConnectionStrings:Fitnessify: the database cannot be used: .*not a database.*");
    }

    [TestCase("migrate")]
    [TestCase("grant-role", "ann", "admin")]
    [TestCase("seed-demo")]
    [TestCase]
    public async Task An_unreachable_SQL_Server_ends_the_process_with_one_line_without_the_password(
        params string[] words
    )
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        var line = await AssertEndsAsync(
            "ConnectionStrings:Fitnessify: the database cannot be used: .*",
            [
                .. words,
                "--Database:Provider=SqlServer",
                $"--ConnectionStrings:Fitnessify=Server=127.0.0.1,{port};User ID=sa;Password=Planted-1;Connect Timeout=1",
            ]
        );
        Assert.That(line, Does.Not.Contain("Planted"));
    }

    [TestCase("migrate")]
    [TestCase("restored")]
    [TestCase]
    public async Task Missing_permission_to_create_the_database_ends_the_process_with_one_line(params string[] words)
    {
        var refused = "CREATE DATABASE permission denied in database 'master'.";
        using var server = new ScriptedSqlServer(request =>
            request == "login Fitnessify" ? new SqlRefusal(4060, "Cannot open database \"Fitnessify\".")
            : request.StartsWith("CREATE DATABASE", StringComparison.Ordinal) ? new SqlRefusal(262, refused)
            : null
        );
        await AssertEndsAsync(
            $"ConnectionStrings:Fitnessify: the database cannot be used: {Regex.Escape(refused)}",
            [
                .. words,
                "--Database:Provider=SqlServer",
                $"--ConnectionStrings:Fitnessify={server.ConnectionStringTo("Fitnessify")}",
            ]
        );
    }

    [Test]
    public async Task A_copy_without_permission_to_create_the_target_fails_with_one_line()
    {
        using var server = new ScriptedSqlServer(request =>
            request == "login Fitnessify" ? new SqlRefusal(4060, "Cannot open database \"Fitnessify\".")
            : request.StartsWith("CREATE DATABASE", StringComparison.Ordinal) ? new SqlRefusal(262, "Denied.")
            : null
        );
        using (var migrate = ServerProcess.Run(_folder.FullName, ["migrate"]))
        {
            Assert.That(await migrate.EndAsync(), Is.EqualTo((0, "")));
        }

        var target = Path.Combine(_folder.FullName, "target.txt");
        await File.WriteAllTextAsync(target, server.ConnectionStringTo("Fitnessify"));
        await AssertEndsAsync(@"A database refuses: Denied\.", "copy-to", "SqlServer", target);
    }

    [Test]
    public async Task An_address_in_use_ends_the_process_with_one_line()
    {
        using var another = new TcpListener(IPAddress.Loopback, 0);
        another.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)another.LocalEndpoint).Port}";
        await AssertEndsAsync("urls: .*[Aa]ddress already in use", $"--urls={address}");
    }

    [TestCase("http://127.0.0.1:70000")]
    [TestCase("http://127.0.0.1:-1")]
    [TestCase("http://127.0.0.1:abc")]
    [TestCase("http://[::1")]
    [TestCase("http://localhost:0")]
    [TestCase("ftp://127.0.0.1:5080")]
    [TestCase("nowhere")]
    [TestCase("http://127.0.0.1:5080;nowhere", "nowhere")]
    public async Task An_invalid_address_ends_the_process_with_one_line(string urls, string? wrong = null) =>
        await AssertEndsAsync(
            $"urls: '{Regex.Escape(wrong ?? urls)}' is no address to listen on\\. Allowed is .*",
            $"--urls={urls}"
        );

    [Test]
    public async Task An_address_of_another_machine_ends_the_process_with_one_line() =>
        await AssertEndsAsync("urls: Cannot assign requested address", "--urls=http://192.0.2.1:5080");

    [Test]
    public async Task A_missing_certificate_ends_the_process_with_one_line() =>
        await AssertEndsAsync(
            "Kestrel:Certificates: Could not find file '/missing.pem'.",
            "--Kestrel:Certificates:Default:Path=/missing.pem",
            "--urls=https://127.0.0.1:0"
        );

    private async Task<string> AssertEndsAsync(string line, params string[] args)
    {
        using var server = ServerProcess.Run(_folder.FullName, args);
        var words = server.RemainingOutputAsync();
        var (exitCode, errors) = await server.EndAsync();
        Assert.Multiple(() =>
        {
            Assert.That(errors, Does.Match($"^{line}\n$"));
            Assert.That(exitCode, Is.EqualTo(1));
        });
        Assert.That(await words, Does.Not.Contain("   at "));
        return errors;
    }
}
