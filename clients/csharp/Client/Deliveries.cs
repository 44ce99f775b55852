namespace Fitnessify.Client;

/// <summary>
/// The memory of a session: by which way each notification has arrived first, so that it is not shown a second time for the other.
/// </summary>
internal sealed class Deliveries
{
    // This bounds the memory of a session that runs for months; a notification arrives by its two ways within a day.
    private const int MaxIds = 1000;

    private readonly Dictionary<Guid, Way> _ways = [];
    private readonly Queue<Guid> _ids = [];

    private enum Way
    {
        Stream,
        Push,
    }

    /// <summary>Records a notification of the stream, and returns whether it was not delivered by push.</summary>
    public bool AddStreamed(Guid id)
    {
        lock (_ways)
        {
            return TryAdd(id, Way.Stream) || _ways[id] == Way.Stream;
        }
    }

    /// <summary>Records a notification of push, and returns whether it was not delivered before.</summary>
    public bool AddPushed(Guid id)
    {
        lock (_ways)
        {
            return TryAdd(id, Way.Push);
        }
    }

    private bool TryAdd(Guid id, Way way)
    {
        if (_ways.ContainsKey(id))
        {
            return false;
        }

        _ways.Add(id, way);
        _ids.Enqueue(id);
        if (_ids.Count > MaxIds)
        {
            _ways.Remove(_ids.Dequeue());
        }

        return true;
    }
}
