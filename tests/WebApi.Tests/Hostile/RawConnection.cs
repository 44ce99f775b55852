using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Fitnessify.WebApi.Tests.Hostile;

/// <summary>A raw response.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>Gets whether the application has responded. Kestrel refuses invalid HTTP before the application sees it.</summary>
    public bool IsOfApplication => Headers.ContainsKey("X-Content-Type-Options");

    /// <summary>Gets whether nothing follows: the server closes the connection, or the response has no end.</summary>
    public bool IsLast => Header("Connection") == "close" || IsStream(Headers);

    public static bool IsStream(IReadOnlyDictionary<string, string> headers) =>
        headers.GetValueOrDefault("Content-Type")?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>Calls a server without the protection of an HTTP client.</summary>
internal sealed class RawConnection(Uri server) : IDisposable
{
    // This is for a server that hangs; no other takes that long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly byte[] _buffer = new byte[16 * 1024];
    private NetworkStream? _stream;
    private int _start;
    private int _end;

    /// <summary>Sends these bytes and reads the response; null when the server has closed the connection instead.</summary>
    /// <param name="request">The complete request.</param>
    /// <param name="isFramed">Whether the server can find the end of the request; otherwise the client announces that nothing follows.</param>
    /// <param name="hasBody">Whether the response may have a body.</param>
    public async Task<RawAnswer?> SendAsync(byte[] request, bool isFramed = true, bool hasBody = true)
    {
        var isUsed = _stream is not null;
        var response = await TrySendAsync(request, isFramed, hasBody);
        // The server may have closed the connection after the last response.
        return response is null && isUsed ? await TrySendAsync(request, isFramed, hasBody) : response;
    }

    private async Task<RawAnswer?> TrySendAsync(byte[] request, bool isFramed, bool hasBody)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            if (_stream is null)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(server.Host, server.Port, timeout.Token);
                _stream = new NetworkStream(socket, ownsSocket: true);
            }

            await _stream.WriteAsync(request, timeout.Token);
            if (!isFramed)
            {
                _stream.Socket.Shutdown(SocketShutdown.Send);
            }

            var response = await ReadAsync(hasBody, timeout.Token);
            if (!isFramed || response is null || response.IsLast)
            {
                Dispose();
            }

            return response;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            Dispose();
            return null;
        }
        catch (OperationCanceledException exception)
        {
            Dispose();
            throw new TimeoutException("The server does not answer.", exception);
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        (_stream, _start, _end) = (null, 0, 0);
    }

    private async Task<RawAnswer?> ReadAsync(bool hasBody, CancellationToken cancellationToken)
    {
        var status = 100;
        Dictionary<string, string> headers = [];
        while (status is >= 100 and < 200)
        {
            if (await LineAsync(cancellationToken) is not { } line)
            {
                return null;
            }

            status = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
            headers = new(StringComparer.OrdinalIgnoreCase);
            while (await LineAsync(cancellationToken) is { Length: > 0 } field)
            {
                var colon = field.IndexOf(':', StringComparison.Ordinal);
                headers[field[..colon]] = field[(colon + 1)..].Trim();
            }
        }

        return new RawAnswer(status, headers, hasBody ? await BodyAsync(status, headers, cancellationToken) : []);
    }

    private async Task<byte[]> BodyAsync(
        int status,
        Dictionary<string, string> headers,
        CancellationToken cancellationToken
    )
    {
        if (status is 204 or 304 || RawAnswer.IsStream(headers))
        {
            return [];
        }

        if (headers.TryGetValue("Content-Length", out var length))
        {
            return await BytesAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }

        List<byte> body = [];
        while (headers.GetValueOrDefault("Transfer-Encoding") == "chunked")
        {
            var line = await LineAsync(cancellationToken) ?? throw new IOException("The answer is cut off.");
            var chunk = int.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.AddRange(await BytesAsync(chunk, cancellationToken));
            await LineAsync(cancellationToken);
            if (chunk == 0)
            {
                break;
            }
        }

        return [.. body];
    }

    private async Task<byte[]> BytesAsync(int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count; )
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                throw new IOException("The answer is cut off.");
            }

            var some = Math.Min(count - read, _end - _start);
            _buffer.AsSpan(_start, some).CopyTo(bytes.AsSpan(read));
            (_start, read) = (_start + some, read + some);
        }

        return bytes;
    }

    // The result is null when the connection ends first.
    private async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellationToken))
            {
                return null;
            }

            var character = (char)_buffer[_start++];
            if (character == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append(character);
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        (_start, _end) = (0, await _stream!.ReadAsync(_buffer, cancellationToken));
        return _end > 0;
    }
}
