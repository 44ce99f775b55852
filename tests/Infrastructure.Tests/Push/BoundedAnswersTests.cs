using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Fitnessify.Infrastructure.Push;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class BoundedAnswersTests
{
    [TestCase(0, 0)]
    [TestCase(4095, 4095)]
    [TestCase(4096, 4096)]
    [TestCase(4097, 4096)]
    [TestCase(1_000_000, 4096)]
    public async Task The_beginning_of_a_response_is_read(int length, int expected)
    {
        using var content = new StringContent(new string('a', length), Encoding.UTF8, "text/plain");
        using var answer = await SendAsync(content);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(
            answer.Content.Headers.ContentType,
            Is.EqualTo(MediaTypeHeaderValue.Parse("text/plain; charset=utf-8"))
        );
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(new string('a', expected)));
    }

    [Test]
    public async Task A_response_that_breaks_off_keeps_its_status()
    {
        using var content = new StreamContent(new BrokenStream(new HttpIOException(HttpRequestError.ResponseEnded)));
        using var answer = await SendAsync(content);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await answer.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public void A_response_that_is_canceled_has_no_status()
    {
        using var content = new StreamContent(new BrokenStream(new OperationCanceledException()));

        Assert.That(async () => await SendAsync(content), Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpContent content)
    {
        using var client = new HttpClient(new BoundedAnswers { InnerHandler = new Canned(content) });
        return await client.GetAsync(new Uri("http://localhost"));
    }

    private sealed class Canned(HttpContent content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Gone) { Content = content });
    }

    private sealed class BrokenStream(Exception exception) : MemoryStream([1, 2, 3])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<int>(exception);
    }
}
