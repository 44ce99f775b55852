// Usage: dotnet run -- [address of the server]
// The program registers, signs in, adds a task for each line that you type, and reports reminders and overdue tasks. Ctrl+D ends it.
using Fitnessify.Client;

using var session = new FitnessifySession(args.Length > 0 ? args[0] : "http://localhost:5080");
var username = Ask("Username");
var password = Ask("Password");
try
{
    var account = new RegisterUserCommand { Username = username, Email = $"{username}@example.com" };
    account.Password = password;
    await session.Api.Auth.RegisterAsync(account);
}
catch (FitnessifyException refusal) when (refusal.Code == ErrorCode.UsernameTaken)
{
    Console.WriteLine("You are known here.");
}

await session.SignInAsync(username, password, "Console");
using var closing = new CancellationTokenSource();
var following = FollowAsync(closing.Token);
Console.WriteLine("Type a task, or a task @ a time: Pay rent @ 2030-01-31T18:00:00Z");
while (Console.ReadLine() is { } line)
{
    var parts = line.Split(" @ ");
    var task = new TaskInput { Title = parts[0] };
    task.DueAt = parts.Length > 1 ? DateTimeOffset.Parse(parts[1], null) : null;
    var added = await session.Api.Tasks.CreateAsync(task);
    Console.WriteLine($"Added: {added.Title}{(added.DueAt is { } due ? $", due {due:u}" : "")}");
}

await closing.CancelAsync();
await following;
await session.SignOutAsync();

static string Ask(string question)
{
    Console.WriteLine($"{question}?");
    return Console.ReadLine() ?? "";
}

async Task FollowAsync(CancellationToken cancellationToken)
{
    try
    {
        await foreach (var notification in session.NotificationsAsync(cancellationToken: cancellationToken))
        {
            var what = notification.Type == NotificationType.TaskReminder ? "Reminder" : "Overdue";
            Console.WriteLine($"{what}: {notification.Title}");
        }
    }
    catch (SignedOutException)
    {
        Console.WriteLine("Signed out elsewhere.");
    }
    catch (OperationCanceledException)
    {
        // The program ends the stream itself.
    }
}
