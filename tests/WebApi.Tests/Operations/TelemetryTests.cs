using System.Text.Json;
using System.Text.RegularExpressions;
using Fitnessify.WebApi.Tests.Contract;

namespace Fitnessify.WebApi.Tests.Operations;

/// <summary>What a server with a collector sends there, from its start to its end.</summary>
public sealed partial class TelemetryTests
{
    private const string SignInRoute = "POST /api/v1/auth/login";
    private const string StreamRoute = "/api/v1/notifications/stream";

    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("fitnessify-");
    private static readonly string[] Secrets = [Person.GoodPassword, "planted"];
    private static readonly string[] Unsent = ["url.path", "url.query", "user_agent", "client.address", "127.0.0.1"];
    private static OtlpCollector _collector = null!;
    private static ApiClient _client = null!;
    private static string _firstRefreshToken = "";
    private static string _log = "";

    private static string[] Expected =>
        [
            "fitnessify.sign_ins",
            "fitnessify.refreshes",
            "fitnessify.refresh_reuses",
            "fitnessify.hashing.queue",
            "fitnessify.hashing.wait",
            "fitnessify.job.lag",
            "fitnessify.job.duration",
            "fitnessify.job.age",
            "fitnessify.outbox.depth",
            "fitnessify.notifications.lag",
            "fitnessify.pushes",
            "fitnessify.pushes.lag",
            "db.client.operation.duration",
            "http.server.request.duration",
            "dotnet.process.memory.working_set",
        ];

    [OneTimeSetUp]
    public static async Task RunServerAsync()
    {
        _collector = await OtlpCollector.StartAsync();
        using var server = ServerProcess.Run(
            Folder.FullName,
            ["--Sessions:RefreshGraceSeconds=0", "--Jobs:OverdueScanSeconds=1", .. TestPushService.Arguments],
            ("Telemetry__OtlpEndpoint", _collector.Address),
            ("OTEL_SERVICE_NAME", "fitnessify-of-berlin"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=staging"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=for-the-collector")
        );
        _client = await server.ListensAsync();
        await _client.SignInAsync(await _client.RegisteredAsync());
        using var wrong = await _client.LoginAsync(_client.Person.Email, "planted");
        _firstRefreshToken = _client.RefreshToken;
        using var tasks = await _client.GetAsync("/api/v1/tasks?q=planted");
        using var task = await _client.GetAsync($"/api/v1/tasks/{Guid.Empty}?x=planted");
        using var refreshed = await _client.RefreshAsync();
        await _client.KeepAsync(refreshed);
        using var used = await _client.GetAsync(ApiClient.Me);
        using var reused = await _client.RefreshAsync(_firstRefreshToken);
        Assert.That(await reused.OutcomeAsync(), Is.EqualTo("401 refresh_token_reused"));
        using var requested = await _client.PostAsync(AccountLinks.Resend, new { email = _client.Person.Email });
        // The jobs have run once it is there.
        await new MailFolder(Path.Combine(Folder.FullName, "data", "mail")).LinkAsync(
            _client.Person.Email,
            Link.ConfirmEmail
        );
        var last = server.Anonymous();
        await last.SignInAsync(await last.RegisteredAsync());
        var subscription = Api.Push.Subscribe();
        using var tested = await last.PostAsync(DeviceCalls.TestPathOf(await last.DeviceAsync(subscription)));
        await Api.Push.WaitForAsync(() => subscription.Shown.Count == 1);
        // The stream is still open when the server is asked to stop.
        using var stream = await EventStream.OpenAsync(last);
        Assert.That(await server.TerminateAsync(), Is.Zero);
        _log = await server.OutputAsync();
    }

    [OneTimeTearDown]
    public static async Task CleanUpAsync()
    {
        await _collector.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    [Test]
    public void The_documented_metrics_are_sent() => Assert.That(_collector.Metrics.Keys, Is.SupersetOf(Expected));

    [Test]
    public void Environment_variables_of_OpenTelemetry_take_precedence() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                _collector.Resources,
                Is.Not.Empty.And.All.Contains("service.name=fitnessify-of-berlin")
                    .And.All.Contains("deployment.environment.name=staging")
                    .And.All.Contains("service.version=")
            );
            Assert.That(_collector.ApiKeys, Is.Not.Empty.And.All.EqualTo("for-the-collector"));
        });

    [Test]
    public void Messages_to_devices_are_counted_by_service_and_outcome() =>
        Assert.That(
            _collector.Metrics["fitnessify.pushes"].Points,
            Is.EqualTo([new SentPoint("outcome=sent platform=webPush", 1)])
        );

    [Test]
    public void Sign_ins_and_refreshes_are_counted_by_outcome() =>
        Assert.Multiple(() =>
        {
            Assert.That(
                _collector.Metrics["fitnessify.sign_ins"].Points,
                Is.EquivalentTo([
                    new SentPoint("method=password outcome=ok", 2),
                    new SentPoint("method=password outcome=invalid_credentials", 1),
                ])
            );
            Assert.That(
                _collector.Metrics["fitnessify.refreshes"].Points,
                Is.EquivalentTo([new SentPoint("outcome=ok", 1), new SentPoint("outcome=refresh_token_reused", 1)])
            );
            Assert.That(_collector.Metrics["fitnessify.refresh_reuses"].Points, Is.EqualTo([new SentPoint("", 1)]));
        });

    [Test]
    public void Password_hashing_jobs_and_the_database_are_measured() =>
        Assert.Multiple(() =>
        {
            // There are at least a registration, a successful sign-in and a failed one.
            Assert.That(_collector.Metrics["fitnessify.hashing.wait"].Points.Single().Value, Is.AtLeast(3));
            Assert.That(
                _collector.Metrics["fitnessify.job.lag"].Points.Select(point => point.Attributes),
                Is.EquivalentTo([
                    "job.name=EmptyDeletedListsJob",
                    "job.name=EraseAccountsJob",
                    "job.name=RaiseAlertsJob",
                    "job.name=RescheduleTasksJob",
                    "job.name=RevokeIdentitiesJob",
                    "job.name=SendMailsJob",
                    "job.name=SendPushesJob",
                ])
            );
            Assert.That(
                _collector.Metrics["db.client.operation.duration"].Points.Select(point => point.Attributes),
                Is.SupersetOf((string[])[Done("SELECT"), Done("INSERT")])
            );
        });

    [Test]
    public void Database_transactions_are_measured_as_a_whole()
    {
        var count = _collector
            .Metrics["db.client.operation.duration"]
            .Points.ToDictionary(point => point.Attributes, point => point.Value);
        Assert.That(count[Done("BEGIN")], Is.AtLeast(5));
        Assert.That(count[Done("COMMIT")], Is.EqualTo(count[Done("BEGIN")]));
    }

    [Test]
    public void The_last_request_before_the_stop_is_reported_too() =>
        Assert.Multiple(() =>
        {
            Assert.That(_collector.Spans.Select(span => span.Name), Has.One.EqualTo($"GET {StreamRoute}"));
            Assert.That(
                _collector.Metrics["http.server.request.duration"].Points.Select(point => point.Attributes),
                Has.One.Contains($"http.route={StreamRoute[1..]} ")
            );
        });

    [Test]
    public void The_trace_of_a_sign_in_has_the_id_of_its_log_line()
    {
        var line = SignInLine().Match(_log);
        Assert.That(line.Success, Is.True, _log);
        var trace = _collector.Spans.Where(span => span.TraceId == line.Groups[1].Value).ToList();
        var request = trace.Single(span => span.Name == SignInRoute);
        Assert.Multiple(() =>
        {
            Assert.That(
                request.Attributes,
                Does.Contain("http.request.method=POST http.response.status_code=200 http.route=/api/v1/auth/login")
            );
            Assert.That(_collector.Spans.Select(span => span.Attributes), Has.Some.Contains("db.system.name=sqlite"));
            Assert.That(
                trace.Where(span => span.ParentId == request.SpanId).Select(span => span.Name),
                Does.Contain("SELECT").And.Contain("INSERT")
            );
        });
    }

    [Test]
    public void Telemetry_contains_no_personal_data() =>
        Assert.Multiple(() =>
        {
            Assert.That(_collector.Raw, Does.Contain(SignInRoute));
            string[] secrets =
            [
                .. Secrets,
                .. Unsent,
                _client.Person.Username,
                _client.Person.Email,
                _client.AccessToken,
                _client.RefreshToken,
                _firstRefreshToken,
                $"{Guid.Empty}",
            ];
            foreach (var secret in secrets)
            {
                Assert.That(_collector.Raw, Does.Not.Contain(secret).IgnoreCase);
            }
        });

    [Test]
    public async Task The_dashboard_shows_exactly_the_sent_metrics()
    {
        var shown = NamesIn(Expressions(await ReadAsync("grafana/dashboard.json"))).ToList();
        Assert.That(shown.Except(Sent), Is.Empty, "not sent");
        Assert.That(
            _collector.Metrics.Values.Where(metric => !metric.PrometheusNames.Intersect(shown).Any()),
            Has.None.Property(nameof(SentMetric.Name)).Matches("^(fitnessify|db)[.]"),
            "not shown"
        );
    }

    [Test]
    public async Task The_alerts_use_sent_metrics()
    {
        var names = NamesIn(Rules(await ReadAsync("prometheus/alerts.yaml"))).ToList();
        Assert.That(names, Is.Not.Empty);
        Assert.That(names.Except(Sent), Is.Empty, "not sent");
    }

    [Test]
    public async Task Every_alert_has_instructions_for_operators()
    {
        var operations = await File.ReadAllTextAsync(Path.Combine(Documents.Folder, "operations.md"));
        var alerts = Alert().Matches(await ReadAsync("prometheus/alerts.yaml")).Select(match => match.Groups[1].Value);
        Assert.That(alerts.Where(alert => !operations.Contains($"`{alert}`", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("sum(rate(fitnessify_sign_ins[5m]))", "fitnessify_sign_ins")]
    [TestCase("max(fitnessify_outbox_depth) / nothing_such > 1", "nothing_such")]
    [TestCase(
        "topk(5, sum by (le, job_name) (rate(fitnessify_job_lag_seconds_bucket{a=\"b c\"}[$__rate_interval])))",
        null
    )]
    public void The_rule_about_names_can_fail(string expression, string? unknown) =>
        Assert.That(NamesIn([expression]).Except(Sent), Is.EqualTo(unknown is null ? [] : (string[])[unknown]));

    private static string Done(string operation) => $"db.operation.name={operation} db.system.name=sqlite";

    private static IEnumerable<string> Sent => _collector.Metrics.Values.SelectMany(metric => metric.PrometheusNames);

    // This is the rest of an expression without labels, ranges, numbers, groups and functions.
    private static IEnumerable<string> NamesIn(IEnumerable<string> expressions) =>
        expressions
            .SelectMany(text => Name().Matches(Beside().Replace(text, " ")).Select(match => match.Value))
            .Distinct();

    private static IEnumerable<string> Expressions(string dashboard)
    {
        using var document = JsonDocument.Parse(dashboard);
        return
        [
            .. document
                .RootElement.GetProperty("panels")
                .EnumerateArray()
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.Text("expr")),
        ];
    }

    // Each expression must be on one line, so that all rules are read.
    private static List<string> Rules(string alerts)
    {
        var rules = Rule().Matches(alerts).Select(match => match.Groups[1].Value).ToList();
        Assert.That(rules, Has.Count.EqualTo(Alert().Count(alerts)));
        return rules;
    }

    private static Task<string> ReadAsync(string path) =>
        File.ReadAllTextAsync(Path.Combine(Documents.Folder, "..", "deploy", path));

    [GeneratedRegex(@"POST /api/v1/auth/login 200 .*, trace ([0-9a-f]{32})")]
    private static partial Regex SignInLine();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)|\b[a-z_]+(?= ?(by )?\()|""[^""]*""")]
    private static partial Regex Beside();

    [GeneratedRegex(@"\b[a-z][a-z_]*\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"^ +expr: (\S.*)$", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^ +- alert: (\w+)", RegexOptions.Multiline)]
    private static partial Regex Alert();
}
