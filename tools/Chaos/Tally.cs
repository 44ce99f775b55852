using System.Collections.Concurrent;

namespace Fitnessify.Chaos;

/// <summary>The counts of a run. Everything except acknowledged writes and explained failures breaks a guarantee.</summary>
internal sealed class Tally
{
    private const int MaxMessages = 20;

    private readonly ConcurrentQueue<string> _messages = new();
    private int _acknowledged;
    private int _lost;
    private int _halfDone;
    private int _wrong;
    private int _unexplained;
    private int _explained;

    public int Acknowledged => _acknowledged;

    public int Lost => _lost;

    public int HalfDone => _halfDone;

    /// <summary>The count has responses that contradict the model in another way, and faults that the database reports.</summary>
    public int Wrong => _wrong;

    /// <summary>The count has statuses from 500 on and broken connections that happened during a fault.</summary>
    public int Explained => _explained;

    /// <summary>The count has the same failures outside of a fault.</summary>
    public int Unexplained => _unexplained;

    public bool IsClean => Lost + HalfDone + Wrong + Unexplained == 0;

    /// <summary>Waits for so many further acknowledgments, or until all that is running has ended.</summary>
    public async Task UntilAcknowledgedAsync(int further, List<Task> running)
    {
        var target = Acknowledged + further;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (Acknowledged < target && !running.TrueForAll(each => each.IsCompleted))
        {
            await pace.WaitForNextTickAsync();
        }
    }

    public void RecordAcknowledged() => Interlocked.Increment(ref _acknowledged);

    public void RecordLost(string message) => Note(ref _lost, "lost", message);

    public void RecordHalfDone(string message) => Note(ref _halfDone, "half done", message);

    public void RecordWrong(string message) => Note(ref _wrong, "wrong", message);

    public void RecordFailure(string message, bool isExplained)
    {
        if (isExplained)
        {
            Interlocked.Increment(ref _explained);
        }
        else
        {
            Note(ref _unexplained, "unexplained", message);
        }
    }

    /// <summary>Only the first messages are kept and printed.</summary>
    public void Print()
    {
        foreach (var message in _messages)
        {
            Console.WriteLine($"- {message}");
        }
    }

    private void Note(ref int count, string kind, string message)
    {
        Interlocked.Increment(ref count);
        if (_messages.Count < MaxMessages)
        {
            _messages.Enqueue($"{kind}: {message}");
        }
    }
}
