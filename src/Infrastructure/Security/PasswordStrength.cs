using System.Text;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Infrastructure.Security;

/// <summary>zxcvbn, behind the gate: a call takes 10 to 60 ms.</summary>
internal sealed class PasswordStrength(HashingGate gate) : IPasswordStrength, IDisposable
{
    // Its time grows faster than the length, and nothing beyond this changes the score (security considerations of zxcvbn).
    private const int ScoredLength = 72;
    private const string ProductName = "fitnessify";

    // Its dictionaries take longer to load than a password to score; it does not promise to be safe for several threads.
    private readonly ThreadLocal<Zxcvbn.Zxcvbn> _zxcvbn = new(() => new Zxcvbn.Zxcvbn());

    public Task<Result<int>> ScoreAsync(
        string password,
        IReadOnlyList<string> context,
        CancellationToken cancellationToken
    ) => gate.RunAsync(() => Score(password, context), cancellationToken);

    public void Dispose() => _zxcvbn.Dispose();

    private int Score(string password, IReadOnlyList<string> context)
    {
        var normalized = password.Normalize(NormalizationForm.FormKC);
        var scored = normalized[..Math.Min(normalized.Length, ScoredLength)];
        return _zxcvbn.Value!.EvaluatePassword(scored, [.. context, ProductName]).Score;
    }
}
