namespace Fitnessify.Domain.Common;

/// <summary>The pauses between failed attempts: each is twice as long as the one before, up to the last one.</summary>
/// <param name="First">The pause after the first failure.</param>
/// <param name="Last">The longest pause.</param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Last)
{
    /// <summary>Returns the pause after so many failures, at least one.</summary>
    public TimeSpan After(int failures)
    {
        // The comparison uses the power of two, so that no number of failures can overflow.
        var factor = Math.Pow(2, failures - 1);
        return factor < Last / First ? First * factor : Last;
    }
}
