using System.Diagnostics;

namespace Fitnessify.Chaos;

/// <summary>During these times a fault explains that a request fails.</summary>
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

    /// <summary>A failure is explained by a fault that was active at any moment since the start of the request.</summary>
    public bool Explains(long since)
    {
        lock (_lock)
        {
            return _open > 0 || _lastEnd >= since;
        }
    }
}
