using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>What the user has done to a task with several apps, whatever has become of it by now.</summary>
/// <param name="title">The title that it was created with, unlike all others.</param>
internal sealed class WantedTask(string title)
{
    // The titles that no app has replaced by another one: several if the apps did not know of each other.
    private readonly HashSet<string> _titles = [title];
    private readonly HashSet<string> _replaced = [];
    private readonly HashSet<string> _items = [];
    private readonly HashSet<UnreliableApp> _writers = [];
    private bool _isReplacedTwice;
    private bool _isDeleted;

    /// <summary>An app has renamed the task.</summary>
    /// <param name="app">The app.</param>
    /// <param name="shown">The title that it showed before.</param>
    /// <param name="next">The new title, unlike all others.</param>
    /// <param name="confirmed">The title of the server that it is about to replace, if that is known.</param>
    public void Rename(UnreliableApp app, string shown, string next, string? confirmed)
    {
        _writers.Add(app);
        _titles.Remove(shown);
        _titles.Add(next);
        _isReplacedTwice |= confirmed is not null && !_replaced.Add(confirmed);
    }

    public void AddItem(UnreliableApp app, string key)
    {
        _writers.Add(app);
        _items.Add(key);
    }

    public void Delete(UnreliableApp app)
    {
        _writers.Add(app);
        _isDeleted = true;
    }

    /// <summary>Asserts what must have become of the task.</summary>
    /// <param name="task">The task as it is now; null if it is not there.</param>
    /// <param name="asked">The apps that were asked what becomes of a conflict.</param>
    public void AssertIs(TaskDto? task, IReadOnlyCollection<UnreliableApp> asked)
    {
        foreach (var app in asked)
        {
            Assert.That(
                _writers,
                Has.Some.Not.SameAs(app),
                $"An app was asked about {title}, but no other has changed it."
            );
        }

        if (task is null)
        {
            Assert.That(_isDeleted, $"{title} is lost.");
            return;
        }

        if (!_isDeleted)
        {
            Assert.That(task.Checklist.Keys, Is.EquivalentTo(_items), title);
        }

        if (asked.Count == 0)
        {
            Assert.That(_isDeleted, Is.False, $"{title} was not deleted.");
            Assert.That(_isReplacedTwice, Is.False, $"A new title of {title} was replaced without a question.");
            Assert.That(_titles, Does.Contain(task.Title), title);
        }
    }
}
