namespace Fitnessify.Client;

public sealed partial class FitnessifyApi
{
    /// <summary>
    /// Returns the same routes with another time limit of each attempt, in place of <see cref="FitnessifyOptions.Timeout"/>:
    /// <c>session.Api.WithTimeout(TimeSpan.FromSeconds(5)).Users.GetMeAsync()</c>.
    /// </summary>
    /// <param name="timeout">The time limit, including the body of the response.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time limit is not greater than zero.</exception>
    public FitnessifyApi WithTimeout(TimeSpan timeout) =>
        timeout > TimeSpan.Zero
            ? new(new TimeLimitedSender(_sender, timeout))
            : throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A time limit is greater than zero.");

    private sealed class TimeLimitedSender(IApiSender sender, TimeSpan timeout) : IApiSender
    {
        public Task<T> SendAsync<T>(ApiRequest request, CancellationToken cancellationToken)
        {
            // A limit that was set later, on the result of another one, counts.
            request.Timeout ??= timeout;
            return sender.SendAsync<T>(request, cancellationToken);
        }
    }
}
