using Fitnessify.WebApi.Http.Errors;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>A failure (RFC 9457).</summary>
/// <param name="Type">Identifies the kind of failure.</param>
/// <param name="Title">The kind of failure in a few words.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">One sentence for a developer.</param>
/// <param name="Instance">The path of the request.</param>
/// <param name="Code">Stable name of the failure; decide by this.</param>
/// <param name="TraceId">Finds the request in the server's log.</param>
/// <param name="Reasons">Only with password_rejected: why.</param>
/// <param name="ChallengeToken">Only with mfa_required: stands for the right password in the second step.</param>
/// <param name="Methods">Only with mfa_required: what the second step takes, totp or recoveryCode.</param>
/// <param name="LinkToken">Only with identity_not_linked: links the identity after a sign-in, within ten minutes.</param>
/// <param name="Errors">Only with validation_failed and unknown_member: each wrong value, at most 100 of them.</param>
/// <param name="HasMoreErrors">Only with validation_failed: true when more is wrong than errors lists.</param>
/// <param name="Current">Only with precondition_failed: the task or list as it is.</param>
/// <param name="Results">Only with batch_failed: what would have become of each operation.</param>
// Only the document's picture of what Problems writes: members that have a default are absent where they do not apply.
internal sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    ErrorCode Code,
    string TraceId,
    IReadOnlyList<string> Reasons = null!,
    string ChallengeToken = null!,
    IReadOnlyList<string> Methods = null!,
    string LinkToken = null!,
    IReadOnlyList<FieldError> Errors = null!,
    bool HasMoreErrors = false,
    object Current = null!,
    IReadOnlyList<BatchResultBody> Results = null!
);

/// <summary>A wrong value.</summary>
/// <param name="Code">What is wrong, for instance required.</param>
/// <param name="Detail">One sentence for a developer.</param>
/// <param name="Pointer">The member, as a JSON pointer (RFC 6901), for instance #/username.</param>
/// <param name="Parameter">The query parameter.</param>
internal sealed record FieldError(string Code, string Detail, string Pointer = null!, string Parameter = null!);

/// <summary>What can fail. Codes are never renamed; expect more of them in time.</summary>
// SchemaProcessor fills it from the catalogue.
internal enum ErrorCode;
