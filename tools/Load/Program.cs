using System.Globalization;
using Fitnessify.Load;

// Usage: dotnet run -c Release --project tools/Load -- <folder of the published server> [seconds] [connections] [tasks]
//    or: dotnet run -c Release --project tools/Load -- <folder of the published server> push [users] [tasks of each] [devices of each]
if (args.Length == 0 || !File.Exists(Path.Combine(args[0], "Fitnessify.WebApi.dll")))
{
    await Console.Error.WriteLineAsync("The first argument is the folder of the published server (dotnet publish).");
    return 1;
}

try
{
    TestSqlServer.Check();
}
catch (InvalidOperationException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}

int NumberOr(int index, int fallback) =>
    args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : fallback;

if (args is [_, "push", ..])
{
    await PushRun.RunAsync(args[0], users: NumberOr(2, 100), tasks: NumberOr(3, 10), devices: NumberOr(4, 3));
    return 0;
}

var (seconds, connections, tasks) = (NumberOr(1, 5), NumberOr(2, 16), NumberOr(3, 10_000));
await using var server = await Server.StartAsync(args[0]);
Console.WriteLine($"The first 200 came {server.StartSeconds:0.00} s after the start of the process.");
var user = await User.RegisterAsync(server, tasks);
Console.WriteLine($"{Environment.ProcessorCount} cores, {connections} connections, {tasks} tasks, {seconds} s each.");
Console.WriteLine();
Console.WriteLine("| work | requests/s | p50 ms | p99 ms | server CPU ms per request | failed |");
Console.WriteLine("|---|---:|---:|---:|---:|---:|");
var work = new Work(user);
foreach (var (name, send) in work.All)
{
    // The first run is a warm-up, because the runtime recompiles hot methods (tiered compilation); its result is not used.
    await Run.MeasureAsync(server, send, connections, TimeSpan.FromSeconds(Math.Max(2, seconds / 2)));
    var result = await Run.MeasureAsync(server, send, connections, TimeSpan.FromSeconds(seconds));
    Console.WriteLine($"| {name} | {result} |");
}

Console.WriteLine();
Console.WriteLine($"Memory of the server (RSS): {server.MemoryMegabytes:0} MiB");
return 0;
