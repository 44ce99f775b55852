using System.Net;

namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// Discards the body of each answer. The status says everything, and the library would read the body to its end, however long
/// it is and however long that takes. The connection drains a short one, so that it can be used again.
/// </summary>
internal sealed class PushHttpAnswers : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        // The library asks for HTTP/1.1, which needs a connection for each message that is on its way.
        request.Version = HttpVersion.Version20;
        var answer = await base.SendAsync(request, cancellationToken);
        answer.Content.Dispose();
        answer.Content = new ByteArrayContent([]);
        return answer;
    }
}
