using System.Text.Json;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Export;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Identities;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Passkeys;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tests.Push;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Export;

/// <summary>Whoever adds a table with personal data has to declare here what happens to it.</summary>
public sealed class PersonalDataTests : IAsyncDisposable
{
    private const string Password = "correct horse battery staple";

    // These columns refer to a user without a foreign key.
    private static readonly string[] UserKeys = ["UserId", "OwnerId", "ActorId", "SubjectId"];

    // For each table, this says what a deletion does to it, and its member of the export or the reason for having none.
    private static readonly Dictionary<string, (Deletion Deletion, string Export)> Treatments = new()
    {
        ["Users"] = (Deletion.Removes, "user"),
        ["UserRoles"] = (Deletion.Removes, "user"),
        ["Sessions"] = (Deletion.Removes, "sessions"),
        ["Tasks"] = (Deletion.Removes, "tasks"),
        ["Lists"] = (Deletion.Removes, "lists"),
        ["ChangeCounters"] = (Deletion.Removes, "-a number that is also in the tasks"),
        ["Passkeys"] = (Deletion.Removes, "passkeys"),
        ["Identities"] = (Deletion.Removes, "identities"),
        ["UnusedChallengeTokens"] = (Deletion.Removes, "-a random number"),
        ["MfaFactors"] = (Deletion.Removes, "mfa"),
        ["RecoveryCodes"] = (Deletion.Removes, "mfa"),
        ["AccountTokens"] = (Deletion.Removes, "-a random number"),
        ["Notifications"] = (Deletion.Removes, "notifications"),
        ["OutboxMails"] = (Deletion.Removes, "mails"),
        ["Devices"] = (Deletion.Removes, "devices"),
        ["PushDeliveries"] = (Deletion.Removes, "-which of the notifications go to which of the devices"),
        ["AuditEvents"] = (Deletion.Anonymizes, "securityEvents"),
    };

    private TestDatabase _database = null!;
    private Instance _server = null!;

    private enum Deletion
    {
        /// <summary>The rows are deleted.</summary>
        Removes,

        /// <summary>The rows stay without personal data.</summary>
        Anonymizes,
    }

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Every_table_with_a_user_key_has_a_rule() =>
        Assert.That((await KeysAsync()).Select(key => key.Table).Distinct(), Is.EquivalentTo(Treatments.Keys));

    [Test]
    public async Task A_deleted_user_remains_only_in_anonymized_tables_without_personal_data()
    {
        var userId = await SignInUserWithDataAsync();
        var keys = (await KeysAsync()).ToLookup(key => key.Table, key => key.Column);
        foreach (var columns in keys)
        {
            Assert.That(
                await CountAsync(columns.Key, columns, userId),
                Is.Positive,
                $"The user has something in {columns.Key}."
            );
        }

        Assert.That((await _server.SendAsync(new DeleteMeCommand(Password))).Error, Is.Null);
        await _server.SendAsync(new EraseAccountsCommand());

        foreach (var columns in keys)
        {
            var left = await CountAsync(columns.Key, columns, userId);
            Assert.That(left > 0, Is.EqualTo(Treatments[columns.Key].Deletion == Deletion.Anonymizes), columns.Key);
        }

        var events = await _server.UseAsync(
            (AppDbContext context) =>
                context.AuditEvents.Where(audit => audit.SubjectId == userId || audit.ActorId == userId).ToListAsync()
        );
        Assert.That(events.Select(audit => audit.IpAddress ?? audit.Device), Is.All.Null);
        Assert.That(await CountFailuresAsync(), Is.EqualTo(1), "This is the counter of the address, not of the login.");
    }

    [Test]
    public async Task The_export_has_a_member_for_each_table_with_data_of_the_user()
    {
        await SignInUserWithDataAsync();
        using var stream = new MemoryStream();
        await ExportAsync(export => JsonSerializer.SerializeAsync(stream, export, JsonSerializerOptions.Web));
        using var json = JsonDocument.Parse(stream.ToArray());
        foreach (var (table, (_, member)) in Treatments.Where(of => of.Value.Export[0] != '-'))
        {
            Assert.That(json.RootElement.TryGetProperty(member, out var part), Is.True, table);
            Assert.That(part.ValueKind is JsonValueKind.Object || part.GetArrayLength() > 0, Is.True, table);
        }
    }

    [Test]
    public async Task The_export_reads_several_batches_in_order_and_without_gaps()
    {
        var userId = await SignInUserWithDataAsync();
        await _server.UseAsync(
            (AppDbContext context) =>
            {
                // Few distinct moments for many events make batches end between events of the same moment.
                context.AuditEvents.AddRange(
                    Enumerable
                        .Range(0, 1200)
                        .Select(i =>
                            AuditEvent.Of(
                                AuditEventType.SignedIn,
                                userId,
                                _server.Caller,
                                _server.Clock.GetUtcNow().AddSeconds(i / 400)
                            )
                        )
                );
                return context.SaveChangesAsync();
            }
        );
        List<Guid> ids = [];
        await ExportAsync(async export =>
        {
            await foreach (var item in export.SecurityEvents)
            {
                ids.Add(item.Id);
            }
        });

        var stored = await CountAsync("AuditEvents", ["SubjectId", "ActorId"], userId);
        Assert.That(ids, Is.Unique.And.Count.EqualTo(stored).And.Count.GreaterThan(1200));
    }

    /// <summary>Reads the export within the scope that created it, as a request does.</summary>
    private Task ExportAsync(Func<ExportDto, Task> readAsync) =>
        _server.UseAsync(
            async (IMediator mediator) => await readAsync((await mediator.Send(new ExportMeCommand(Password))).Value!)
        );

    /// <summary>Creates a user with data in each table, including an action on another user and wrong passwords.</summary>
    private async Task<Guid> SignInUserWithDataAsync()
    {
        var user = await _server.SignUpAsync(Password);
        _server.Caller.Session = await _server.SignInAsync(user.Id);
        await _server.SendAsync(new LoginUserCommand(user.Username, Password, "Phone"));
        await _server.SendAsync(new LoginUserCommand(user.Username, "wrong horse battery staple", "Phone"));
        await _server.PutDeviceAsync();
        await _server.SendAsync(new CreateListCommand(new ListInput("Personal")));
        await _server.SendAsync(new CreateTaskCommand(new TaskInput("Personal")));
        await _server.SendAsync(
            new CreateTaskCommand(new TaskInput("Overdue", DueAt: _server.Clock.GetUtcNow().AddDays(-1)))
        );
        await _server.SendAsync(new RaiseAlertsCommand());
        await _server.UseAsync(
            (IAccountTokens tokens) =>
                tokens.IssueAsync(
                    AccountTokenPurpose.ConfirmEmail,
                    user.Id,
                    user.Email!,
                    _server.Clock.GetUtcNow(),
                    default
                )
        );
        await _server.UseAsync(
            async (IServiceProvider services) =>
            {
                var challengeTokens = services.GetRequiredService<IChallengeTokens>();
                challengeTokens.Issue(ChallengePurpose.SignInCode, user.Id, null, _server.Clock.GetUtcNow());
                var factors = services.GetRequiredService<IMfaRepository>();
                factors.Begin(user.Id);
                await factors.ReplaceRecoveryCodesAsync(user.Id, default);
                await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
            }
        );
        await _server.UseAsync(
            (AppDbContext context) =>
            {
                context.OutboxMails.Add(TasksDueMail.Create(user.Id, _server.Clock.GetUtcNow()));
                context.LinkedIdentities.Add(
                    LinkedIdentity.Link(
                        user.Id,
                        new(
                            "google",
                            "https://accounts.google.com",
                            "10769150350006150715113082367",
                            "app",
                            null,
                            null,
                            default,
                            "",
                            default
                        ),
                        null,
                        _server.Clock.GetUtcNow()
                    )
                );
                context.UserPasskeys.Add(
                    new()
                    {
                        UserId = user.Id,
                        CredentialId = user.Id.ToByteArray(),
                        Data = new()
                        {
                            PublicKey = [1],
                            AttestationObject = [2],
                            ClientDataJson = [3],
                        },
                    }
                );
                context.AuditEvents.Add(
                    AuditEvent.ByAdmin(
                        AuditEventType.RolesChanged,
                        user.Id,
                        Guid.CreateVersion7(),
                        _server.Caller,
                        _server.Clock.GetUtcNow(),
                        null
                    )
                );
                return context.SaveChangesAsync();
            }
        );
        Assert.That(await CountFailuresAsync(), Is.Positive);
        return user.Id;
    }

    private Task<int> CountFailuresAsync() =>
        _server.UseAsync((AppDbContext context) => context.SignInFailures.CountAsync(row => row.Count > 0));

    private Task<List<(string Table, string Column)>> KeysAsync() =>
        _server.UseAsync(
            (AppDbContext context) =>
                Task.FromResult(
                    (
                        from entity in context.Model.GetEntityTypes()
                        from property in entity.GetProperties()
                        where IsUserKey(entity, property)
                        select (entity.GetTableName()!, property.GetColumnName())
                    ).ToList()
                )
        );

    private static bool IsUserKey(IEntityType entity, IProperty property) =>
        entity.ClrType == typeof(Account) && property.IsPrimaryKey()
        || property.GetContainingForeignKeys().Any(key => key.PrincipalEntityType.ClrType == typeof(Account))
        || UserKeys.Contains(property.Name);

    private Task<int> CountAsync(string table, IEnumerable<string> columns, Guid userId)
    {
        var either = string.Join(" OR ", columns.Select(column => $"\"{column}\" = {{0}}"));
        var query = $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\" WHERE {either}";
        return _server.UseAsync(
            (AppDbContext context) => context.Database.SqlQueryRaw<int>(query, userId).SingleAsync()
        );
    }
}
