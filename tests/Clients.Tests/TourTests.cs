using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

public sealed class TourTests
{
    [Test]
    public async Task The_client_does_what_the_tour_does_over_HTTP()
    {
        var server = SharedServer.Instance;
        using var phone = new FitnessifySession(server.Address);
        using var tablet = new FitnessifySession(server.Address);
        var (auth, users, sessions, tasks) = (phone.Api.Auth, phone.Api.Users, phone.Api.Sessions, phone.Api.Tasks);
        var username = Server.NewName();
        var email = $"{username}@example.com";

        var free = await auth.CheckUsernameAsync(username);
        Assert.That((free.Username, free.Available, free.Reason), Is.EqualTo((username, true, (UsernameProblem?)null)));
        var strength = await auth.RatePasswordAsync(new() { Password = "P@ssw0rd", Username = username });
        Assert.That(strength.Reasons, Is.EqualTo((string[])["too_short", "too_weak"]));
        var account = new RegisterUserCommand { Username = username, Email = email };
        account.Password = Server.Password;
        var user = await auth.RegisterAsync(account);
        Assert.That(user.Roles, Is.EqualTo((string[])["member"]));
        AssertFails(ErrorCode.UsernameTaken, () => auth.RegisterAsync(account));

        await phone.SignInAsync(username, Server.Password, "Phone");
        var other = await tablet.SignInAsync(email, Server.Password, "Tablet");
        Assert.That((await users.GetMeAsync()).Id, Is.EqualTo(user.Id));
        Assert.That(
            (await sessions.ListAsync()).Items.Select(session => (session.Device, session.Current)),
            Is.EqualTo(((string?, bool)[])[("Tablet", false), ("Phone", true)])
        );
        Assert.That((await phone.RefreshAsync()).TokenType, Is.EqualTo("Bearer"));
        await sessions.EndAsync(other.SessionId);
        AssertFails(ErrorCode.SessionRevoked, () => tablet.Api.Users.GetMeAsync());
        const string NewPassword = "seven quiet otters paint";
        await users.ChangePasswordAsync(new() { CurrentPassword = Server.Password, NewPassword = NewPassword });
        var last = (await users.ListSecurityEventsAsync(limit: 1)).Items.Single();
        Assert.That(last.Type, Is.EqualTo(AuditEventType.PasswordChanged));

        var milk = await tasks.CreateAsync(new() { Title = "Buy milk", Labels = ["home"] });
        Assert.That((milk.Status, milk.Version), Is.EqualTo((TaskItemStatus.Todo, 1)));
        var since = (await phone.Api.Changes.ListAsync()).Next;
        Assert.That(
            (await tasks.ListAsync(label: ["home"], sort: "dueAt")).Items.Single().Title,
            Is.EqualTo("Buy milk")
        );
        var begun = await tasks.PatchAsync(milk.Id, new() { Status = TaskItemStatus.InProgress }, milk.ETag());
        Assert.That(begun.Version, Is.EqualTo(2));
        var stale = AssertFails(
            ErrorCode.PreconditionFailed,
            () => tasks.PatchAsync(milk.Id, new() { Status = TaskItemStatus.Done }, milk.ETag())
        );
        Assert.That(stale.Current<TaskDto>()!.Status, Is.EqualTo(TaskItemStatus.InProgress));
        await tasks.DeleteAsync(milk.Id);
        Assert.That((await tasks.ListTrashAsync()).Items.Single().Id, Is.EqualTo(milk.Id));
        Assert.That((await phone.Api.Changes.ListAsync(since)).Items.Single().Deleted, Is.True);
        Assert.That((await tasks.RestoreAsync(milk.Id)).Version, Is.EqualTo(4));
        var oats = new TaskInput { Title = "Buy oat milk", Priority = TaskPriority.High };
        var replaced = await tasks.ReplaceAsync(milk.Id, oats, "\"4\"");
        Assert.That((replaced.Priority, replaced.Labels.Count), Is.EqualTo((TaskPriority.High, 0)));

        TaskOperation create = new()
        {
            Op = TaskOperationKind.Create,
            Task = new() { Title = "Call Bob" },
        };
        TaskOperation delete = new() { Op = TaskOperationKind.Delete, Id = milk.Id };
        var batch = await tasks.BatchAsync(new() { Atomic = true, Operations = [create, delete] });
        Assert.That(batch.Results.Select(result => result.Status), Is.EqualTo((int[])[201, 204]));
        var failed = AssertFails(
            ErrorCode.BatchFailed,
            () => tasks.BatchAsync(new() { Atomic = true, Operations = [delete] })
        );
        Assert.That(failed.Problem.Results!.Single().Problem!.Code, Is.EqualTo(ErrorCode.NotFound));
        Assert.That((await tasks.GetSummaryAsync("Europe/Berlin")).ByStatus["todo"], Is.EqualTo(1));

        var quiet = new SetNotificationSettingsCommand
        {
            Email = true,
            Push = true,
            QuietFrom = "22:00",
        };
        quiet.QuietTo = "06:30";
        Assert.That((await phone.Api.NotificationSettings.SetAsync(quiet)).QuietTo, Is.EqualTo("06:30"));
        await tasks.CreateAsync(new() { Title = "Pay rent", DueAt = DateTimeOffset.UnixEpoch });
        var notification = await phone.NotificationsAsync(Guid.Empty).FirstAsync();
        Assert.That((notification.Title, notification.Type), Is.EqualTo(("Pay rent", NotificationType.TaskOverdue)));
        Assert.That(
            (await phone.Api.Notifications.ListAsync(unread: true)).Items.Single().Id,
            Is.EqualTo(notification.Id)
        );
        Assert.That((await phone.Api.Notifications.ReadAsync(notification.Id)).ReadAt, Is.Not.Null);
        Assert.That((await phone.Api.Notifications.CountUnreadAsync()).Count, Is.Zero);

        using var grace = new FitnessifySession(server.Address);
        await grace.SignInAsync(Server.Admin, Server.AdminPassword);
        AssertFails(ErrorCode.PermissionDenied, () => phone.Api.Admin.ListUsersAsync());
        var ann = (await grace.Api.Admin.ListUsersAsync(q: username)).Items.Single();
        var support = await grace.Api.Admin.SetUserRolesAsync(ann.Id, new() { Roles = ["support"] });
        Assert.That(support.Roles, Is.EqualTo((string[])["member", "support"]));
        Assert.That((await phone.Api.Admin.ListUsersAsync(q: username)).Items, Has.Count.EqualTo(1));
        await grace.Api.Admin.SetUserRolesAsync(ann.Id, new() { Roles = [] });
        AssertFails(ErrorCode.PermissionDenied, () => phone.Api.Admin.ListUsersAsync());
        await phone.SignOutAsync();
        AssertFails(ErrorCode.Unauthenticated, () => users.GetMeAsync());
    }

    private static FitnessifyException AssertFails(ErrorCode code, Func<Task> call)
    {
        var refusal = Assert.CatchAsync<FitnessifyException>(call)!;
        Assert.That(refusal.Code, Is.EqualTo(code));
        return refusal;
    }
}
