namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// Reads the beginning of each response and discards the rest. Push services explain a failure in some hundred bytes, and a
/// response that is too long, or that breaks off, still has a status.
/// </summary>
internal sealed class BoundedAnswers : DelegatingHandler
{
    /// <summary>The largest part of a response that is read, in bytes.</summary>
    public const int MaxBytes = 4 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var answer = await base.SendAsync(request, cancellationToken);
        try
        {
            using var whole = answer.Content;
            var beginning = new ByteArrayContent(await ReadAsync(whole, cancellationToken));
            beginning.Headers.ContentType = whole.Headers.ContentType;
            answer.Content = beginning;
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes];
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            return buffer[..await stream.ReadAtLeastAsync(buffer, MaxBytes, false, cancellationToken)];
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            // The connection broke after the status had arrived, which says all that matters.
            return [];
        }
    }
}
