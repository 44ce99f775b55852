using System.Diagnostics;

namespace Fitnessify.Chaos;

/// <summary>The times in which a fault explains that a request fails.</summary>
internal sealed class Windows
{
    private readonly Lock _lock = new();
    private int _open;
    private long _lastEnd = long.MinValue;

    public void Open()
    {
        lock (_lock)
        {
            _open++;
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _open--;
            _lastEnd = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Whether there was a fault at some moment since then.</summary>
    public bool Explain(long since)
    {
        lock (_lock)
        {
            return _open > 0 || _lastEnd >= since;
        }
    }
}
