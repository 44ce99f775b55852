using System.Diagnostics;
using Microsoft.AspNetCore.Http;

/// <summary>
/// Kills the process at a step of a request, as kill -9 does. The tests have .NET run this in servers
/// (<c>DOTNET_STARTUP_HOOKS</c>), which finds it by its name and only without a namespace.
/// </summary>
#pragma warning disable CA1050 // See above.
internal static class StartupHook
#pragma warning restore CA1050
{
    /// <summary>
    /// The header that tells the step, counted from 1, which is the first transaction. Then come each command to the database,
    /// before which is after the one before; the commit, which here only leaves it to the commit group; and the answer.
    /// </summary>
    public const string Header = "X-Kill-At";

    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Steps());

    private sealed class Steps : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn.Start";
        private const string Transaction = "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionStarted";

        private static readonly HashSet<string> Counted =
        [
            Transaction,
            "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuting",
            "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionCommitting",
            "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionCommitted",
            "Microsoft.AspNetCore.Mvc.BeforeActionResult",
        ];

        // It flows with the request, so that those of jobs and of other requests do not count.
        private readonly AsyncLocal<Countdown?> _countdown = new();

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name is "Microsoft.AspNetCore" or "Microsoft.EntityFrameworkCore")
            {
                value.Subscribe(
                    this,
                    name => Counted.Contains(name) || Request.StartsWith(name, StringComparison.Ordinal)
                );
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Key == Request)
            {
                _countdown.Value =
                    value.Value is HttpContext context && int.TryParse(context.Request.Headers[Header], out var step)
                        ? new Countdown { Left = step }
                        : null;
            }
            else if (_countdown.Value is { } countdown && Counted.Contains(value.Key))
            {
                countdown.HasBegun |= value.Key == Transaction;
                if (countdown.HasBegun && --countdown.Left == 0)
                {
                    Process.GetCurrentProcess().Kill();
                    Thread.Sleep(Timeout.Infinite);
                }
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Countdown
    {
        public bool HasBegun { get; set; }

        public int Left { get; set; }
    }
}
