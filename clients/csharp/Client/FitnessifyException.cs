using System.Text;
using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>The server refused the request; <see cref="Code"/> identifies the reason.</summary>
public class FitnessifyException : Exception
{
    private const string CodeName = "code";

    private protected FitnessifyException(Problem problem, JsonElement answer, TimeSpan? retryAfter)
        : base($"{answer.GetProperty(CodeName)}: {problem.Detail}") =>
        (Problem, Answer, RetryAfter) = (problem, answer, retryAfter);

    /// <summary>The whole response; some codes have their own members, such as <see cref="Problem.Results"/>.</summary>
    public Problem Problem { get; }

    /// <summary>The HTTP status of the response.</summary>
    public int Status => Problem.Status;

    /// <summary>The reason; it is Unknown when this version of the client does not know <see cref="CodeText"/>.</summary>
    public ErrorCode Code => Problem.Code;

    /// <summary>The code as the server sent it. A response that does not come from the API but from a proxy, for instance, gets the code <c>http_{status}</c>.</summary>
    public string CodeText => Answer.GetProperty(CodeName).GetString()!;

    /// <summary>The list has each wrong value with ValidationFailed and UnknownMember, and is otherwise empty.</summary>
    public IReadOnlyList<FieldError> Errors => Problem.Errors ?? [];

    /// <summary>The time that the server asks to wait; null without a Retry-After header.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The whole response as the server sent it.</summary>
    internal JsonElement Answer { get; }

    /// <summary>With PreconditionFailed, this returns the task or list as it is now; otherwise it returns null.</summary>
    /// <typeparam name="T">The type that the failed call returns: TaskDto or ListDto.</typeparam>
    public T? Current<T>() => Problem.Current is { } current ? ApiJson.Read<T>(current) : default;

    /// <summary>Returns the refusal of one operation of a batch, as its own route would have answered.</summary>
    internal static FitnessifyException Of(JsonElement answer) => new(ApiJson.Read<Problem>(answer), answer, null);

    internal static async Task<FitnessifyException> ReadAsync(HttpResponseMessage response)
    {
        using var _ = response;
        var status = (int)response.StatusCode;
        var isProblem = response.Content?.Headers.ContentType?.MediaType == "application/problem+json";
        var json = isProblem
            ? await response.Content!.ReadAsByteArrayAsync().ConfigureAwait(false)
            : Array.Empty<byte>();
        var (problem, answer) = TryRead(json) ?? Read(Encoding.UTF8.GetBytes($$"""{"code":"http_{{status}}"}"""));
        problem.Status = status;
        var wait = response.Headers.RetryAfter;
        // Only proxies send a date, which may be in the past (RFC 9110, 10.2.3).
        var retryAfter = wait?.Delta ?? (wait?.Date is { } date ? date - DateTimeOffset.Now : null);
        retryAfter = retryAfter < TimeSpan.Zero ? TimeSpan.Zero : retryAfter;
        return answer.GetProperty(CodeName).GetString() switch
        {
            "mfa_required" => new MfaRequiredException(problem, answer, retryAfter),
            "identity_not_linked" => new IdentityNotLinkedException(problem, answer, retryAfter),
            _ => new FitnessifyException(problem, answer, retryAfter),
        };
    }

    private static (Problem Problem, JsonElement Answer) Read(byte[] json) =>
        (ApiJson.Read<Problem>(json), ApiJson.Read<JsonElement>(json));

    // A gateway may send its own problem details, or none.
    private static (Problem Problem, JsonElement Answer)? TryRead(byte[] json)
    {
        try
        {
            var read = Read(json);
            var isFromApi =
                read.Answer.ValueKind == JsonValueKind.Object
                && read.Answer.TryGetProperty(CodeName, out var code)
                && code.ValueKind == JsonValueKind.String;
            return isFromApi ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Only refusals of the API itself are final; errors of proxies and requests to retry later are temporary.</summary>
    internal bool IsFinal => Status < 500 && Status != 429 && !CodeText.StartsWith("http_", StringComparison.Ordinal);

    /// <summary>The result is null unless the failure means that the session has ended.</summary>
    internal SignedOutException? AsSignedOut() =>
        Code is ErrorCode.SessionRevoked or ErrorCode.RefreshTokenInvalid or ErrorCode.RefreshTokenReused
            ? new SignedOutException(Problem, Answer)
            : null;

    /// <summary>Returns what the server would answer to a refresh of a session that the device has ended itself.</summary>
    internal static SignedOutException SignedOut()
    {
        var (problem, answer) = Read(
            Encoding.UTF8.GetBytes(
                """
                {
                  "type": "urn:fitnessify:error:refresh_token_invalid", "title": "Refresh token invalid", "status": 401,
                  "detail": "The session has ended on this device.", "instance": "/api/v1/auth/refresh",
                  "code": "refresh_token_invalid", "traceId": ""
                }
                """
            )
        );
        return new(problem, answer);
    }
}
