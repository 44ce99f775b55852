using System.Collections.Concurrent;

namespace Fitnessify.Chaos;

/// <summary>What a run has counted. Anything but acknowledged writes and explained refusals is a broken promise.</summary>
internal sealed class Tally
{
    private const int Shown = 20;

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

    /// <summary>Answers that contradict what was acknowledged in another way, and what the database says of itself.</summary>
    public int Wrong => _wrong;

    /// <summary>Answers from 500 on, and broken connections, during a fault.</summary>
    public int Explained => _explained;

    /// <summary>The same without any fault.</summary>
    public int Unexplained => _unexplained;

    public bool IsClean => Lost + HalfDone + Wrong + Unexplained == 0;

    public void Acknowledge() => Interlocked.Increment(ref _acknowledged);

    public void Lose(string what) => Note(ref _lost, "lost", what);

    public void LeaveHalf(string what) => Note(ref _halfDone, "half done", what);

    public void Contradict(string what) => Note(ref _wrong, "wrong", what);

    public void Break(string what, bool isExplained)
    {
        if (isExplained)
        {
            Interlocked.Increment(ref _explained);
        }
        else
        {
            Note(ref _unexplained, "unexplained", what);
        }
    }

    /// <summary>The first of what went wrong.</summary>
    public void Print()
    {
        foreach (var message in _messages)
        {
            Console.WriteLine($"- {message}");
        }
    }

    private void Note(ref int count, string kind, string what)
    {
        Interlocked.Increment(ref count);
        if (_messages.Count < Shown)
        {
            _messages.Enqueue($"{kind}: {what}");
        }
    }
}
