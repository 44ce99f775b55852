using System.Net;
using System.Net.Sockets;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Operations;

public sealed class SendMailsJobTests
{
    // This is for a job that does not run; it runs every two seconds.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Queued_mails_are_sent_without_further_action()
    {
        await using var api = Api.Start();
        var mail = await QueueAsync(api);

        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var timeout = new CancellationTokenSource(Timeout);
        while (!File.Exists(Path.Combine(api.MailFolder, $"{mail.Id}.eml")))
        {
            await pace.WaitForNextTickAsync(timeout.Token);
        }
    }

    [Test]
    public async Task The_server_stops_without_waiting_for_a_stalled_mail_server()
    {
        using var stalled = new TcpListener(IPAddress.Loopback, 0);
        stalled.Start();
        var folder = Directory.CreateTempSubdirectory("fitnessify-");
        var file = $"Data Source={Path.Combine(folder.FullName, "fitnessify.db")}";
        OutboxMail mail;
        TcpClient call;
        await using (
            var stopping = Api.Start(
                new()
                {
                    ["Database:Provider"] = "Sqlite",
                    ["ConnectionStrings:Fitnessify"] = file,
                    ["Mail:Mode"] = "Smtp",
                    ["Mail:Host"] = "127.0.0.1",
                    ["Mail:Port"] = $"{((IPEndPoint)stalled.LocalEndpoint).Port}",
                }
            )
        )
        {
            mail = await QueueAsync(stopping);
            call = await stalled.AcceptTcpClientAsync().WaitAsync(Timeout);
        }

        call.Dispose();
        await using (
            var after = Api.Start(new() { ["Database:Provider"] = "Sqlite", ["ConnectionStrings:Fitnessify"] = file })
        )
        {
            // If it had waited until the time limit, the attempt would count.
            var row = await RowAsync(after, mail);
            Assert.That((row.Attempts, row.LastError), Is.EqualTo((0, (string?)null)));
        }

        folder.Delete(recursive: true);
    }

    private static async Task<OutboxMail> QueueAsync(Api api)
    {
        var client = await api.SignedInAsync();
        using var me = await client.GetAsync(ApiClient.Me);
        var userId = Guid.Parse((await me.JsonAsync()).Text("id"));
        var now = TimeProvider.System.Now();
        var mail = AccountMails.PasswordChanged(userId, now);
        await api.InDatabaseAsync(async context =>
        {
            await context
                .Accounts.Where(user => user.Id == userId)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(user => user.EmailConfirmed, true)
                        .SetProperty(user => EF.Property<bool>(user, NotificationColumns.NotifiedByEmail), true)
                );
            context.OutboxMails.Add(mail);
            await context.SaveChangesAsync();
        });
        return mail;
    }

    private static async Task<OutboxMail> RowAsync(Api api, OutboxMail mail)
    {
        OutboxMail? row = null;
        await api.InDatabaseAsync(async context =>
            row = await context.OutboxMails.AsNoTracking().SingleAsync(each => each.Id == mail.Id)
        );
        return row!;
    }
}
