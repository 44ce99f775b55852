using System.Collections.Frozen;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>What members look like, as JSON. A member that is of one type means the same wherever it occurs, and so has one example.</summary>
internal static class OpenApiExamples
{
    public static readonly FrozenDictionary<string, string> ByMember = new Dictionary<string, string>
    {
        ["accessToken"] = "\"CfDJ8Nx3VfE0…\"",
        ["acceptable"] = "false",
        ["at"] = "\"2026-11-20T09:30:00.000Z\"",
        ["available"] = "true",
        ["createdAt"] = "\"2026-11-20T09:30:00.000Z\"",
        ["current"] = "true",
        ["currentPassword"] = "\"correct horse battery staple\"",
        ["device"] = "\"Ann's phone\"",
        ["email"] = "\"ann@example.com\"",
        ["emailConfirmed"] = "false",
        ["expiresIn"] = "900",
        ["id"] = "\"019aa0d4-6b1c-7c3e-9d51-2f6f0c1e8a77\"",
        ["ipAddress"] = "\"203.0.113.7\"",
        ["lastSignInAt"] = "\"2026-11-20T10:05:00.000Z\"",
        ["lastUsedAt"] = "\"2026-11-20T10:05:00.000Z\"",
        ["login"] = "\"ann\"",
        ["maximumLength"] = "128",
        ["mfaEnabled"] = "false",
        ["minimumLength"] = "12",
        ["minimumScore"] = "3",
        ["newPassword"] = "\"seven quiet otters paint the harbour\"",
        ["password"] = "\"correct horse battery staple\"",
        ["completedAt"] = "null",
        ["description"] = "\"Two litres, the good one\"",
        ["dueAt"] = "\"2026-11-21T18:00:00.000Z\"",
        ["isOverdue"] = "false",
        ["labels"] = "[\"home\"]",
        ["title"] = "\"Buy milk\"",
        ["updatedAt"] = "\"2026-11-20T09:30:00.000Z\"",
        ["version"] = "17",
        ["permissions"] = "[]",
        ["refreshToken"] = "\"CfDJ8Pz71kQa…\"",
        ["refreshTokenExpiresAt"] = "\"2026-12-20T09:30:00.000Z\"",
        ["reasons"] = "[\"too_weak\"]",
        ["roles"] = "[\"member\"]",
        ["score"] = "2",
        ["sessionId"] = "\"019aa0d5-03f2-7b6a-8a0c-b3d8a7e4c915\"",
        ["suggestions"] = "[\"Add another word or two. Uncommon words are better.\"]",
        ["tokenType"] = "\"Bearer\"",
        ["username"] = "\"ann\"",
    }.ToFrozenDictionary();
}
