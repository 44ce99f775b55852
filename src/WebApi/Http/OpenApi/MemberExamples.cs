using System.Collections.Frozen;

namespace Fitnessify.WebApi.Http.OpenApi;

/// <summary>Members with the same name and type have the same meaning everywhere, so each has one example.</summary>
internal static class MemberExamples
{
    public static readonly FrozenDictionary<string, object> ByName = new Dictionary<string, object>
    {
        ["accessToken"] = "CfDJ8Nx3VfE0…",
        ["acceptable"] = false,
        ["at"] = "2026-11-20T09:30:00.000Z",
        ["available"] = true,
        ["code"] = "492039",
        ["createdAt"] = "2026-11-20T09:30:00.000Z",
        ["current"] = true,
        ["currentPassword"] = "correct horse battery staple",
        ["device"] = "Ann's phone",
        ["email"] = "ann@example.com",
        ["emailConfirmed"] = false,
        ["enabled"] = true,
        ["enabledAt"] = "2026-11-20T09:30:00.000Z",
        ["expiresIn"] = 900,
        ["id"] = "019aa0d4-6b1c-7c3e-9d51-2f6f0c1e8a77",
        ["ipAddress"] = "203.0.113.7",
        ["lastSignInAt"] = "2026-11-20T10:05:00.000Z",
        ["lastUsedAt"] = "2026-11-20T10:05:00.000Z",
        ["login"] = "ann",
        ["maximumLength"] = 128,
        ["mfaEnabled"] = false,
        ["challengeToken"] = "CfDJ8Kq0hYt2…",
        ["minimumLength"] = 12,
        ["minimumScore"] = 3,
        ["newPassword"] = "seven quiet otters paint the harbour",
        ["otpauthUri"] = "otpauth://totp/Fitnessify:ann?secret=JBSWY3DPEHPK3PXP…",
        ["password"] = "correct horse battery staple",
        ["description"] = "Two litres, the good one",
        ["date"] = "2026-11-21",
        ["time"] = "18:00",
        ["timeZone"] = "Europe/Berlin",
        ["dueAt"] = "2026-11-21T17:00:00.000Z",
        ["reminders"] = new[] { 30 },
        ["minutes"] = 10,
        ["minutesBefore"] = 30,
        ["isOverdue"] = false,
        ["labels"] = new[] { "home" },
        ["listId"] = "019aa0d3-11f2-7d0a-b6ce-5a1f9e0c4b21",
        ["position"] = "V1V",
        ["checklist"] = new Dictionary<string, object>
        {
            ["a1"] = new
            {
                title = "Oat milk, too",
                done = false,
                position = "V1V",
            },
        },
        ["name"] = "Shopping",
        ["color"] = "#3fa7d6",
        ["byList"] = new Dictionary<string, int> { ["inbox"] = 3 },
        ["title"] = "Buy milk",
        ["updatedAt"] = "2026-11-20T09:30:00.000Z",
        ["version"] = 17,
        ["permissions"] = Array.Empty<string>(),
        ["recoveryCode"] = "k7m2p-x4d9q",
        ["recoveryCodes"] = new[] { "k7m2p-x4d9q" },
        ["recoveryCodesLeft"] = 9,
        ["refreshToken"] = "CfDJ8Pz71kQa…",
        ["refreshTokenExpiresAt"] = "2026-12-20T09:30:00.000Z",
        ["reasons"] = new[] { "too_weak" },
        ["roles"] = new[] { "member" },
        ["score"] = 2,
        ["secret"] = "JBSWY3DPEHPK3PXP…",
        ["sessionId"] = "019aa0d5-03f2-7b6a-8a0c-b3d8a7e4c915",
        ["suggestions"] = new[] { "Add another word or two. Uncommon words are better." },
        ["tokenType"] = "Bearer",
        ["username"] = "ann",
    }.ToFrozenDictionary();
}
