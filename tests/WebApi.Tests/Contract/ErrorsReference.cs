// Longer than 150 lines for the advice: there is one entry for each code.
using System.Reflection;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http.Errors;
using Microsoft.AspNetCore.WebUtilities;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>Writes <c>docs/errors.md</c>: code, status and meaning come from the server, the advice is here.</summary>
internal static class ErrorsReference
{
    private const string Head = """
        # Errors

        Written by `ErrorsReferenceTests` from the server's catalogue; do not edit.

        A failure is `application/problem+json` (RFC 9457). Decide by `code`: a code never changes its name or its status, and new ones
        may come. Treat one that you do not know like others of its status. `detail` is a sentence for developers, not for people;
        `traceId` finds the request in the server's log.

        ```json
        {
          "type": "urn:fitnessify:error:username_taken",
          "title": "Username taken",
          "status": 409,
          "detail": "This username is taken.",
          "instance": "/api/v1/auth/register",
          "code": "username_taken",
          "traceId": "0af7651916cd43dd8448eb211c80319c"
        }
        ```

        """;

    private const string FieldsHead = """

        ## Wrong values

        `validation_failed` and `unknown_member` have `errors`: for each wrong value a `pointer` into the body (`#/username`, a JSON pointer)
        or the name of a query `parameter`, a `code` and a `detail`. Show them beside the field they are about.

        | code | what the app should do |
        |---|---|

        """;

    private const string ReasonsHead = """

        ## Refused passwords

        `password_rejected` has `reasons`, and so has the answer of `auth/password-strength`, which tells them while people type.

        | reason | what the app should do |
        |---|---|

        """;

    public static readonly Dictionary<string, string> Advice = new()
    {
        ["account_disabled"] = "Say so, and where to turn to. Trying again does not help.",
        ["batch_failed"] =
            "Nothing was applied. Look for the operations in `results` that failed for a reason of their own, mend or drop them, and send the batch again.",
        ["email_not_confirmed"] =
            "Ask the user to open the link in the mail; offer another by `auth/email/confirmation`.",
        ["email_taken"] = "Offer to sign in, or to reset the password.",
        ["guests_not_allowed"] = "Ask the user to register or to sign in: this server has no guests.",
        ["https_required"] = "A bug of the app: use the `https` address.",
        ["internal_error"] =
            "Say that it did not work, and keep the `traceId` for the report. GET, PUT and DELETE can be tried once more, later.",
        ["identity_not_linked"] =
            "Ask for the password or the passkey of the account with this address, sign in, and link the identity with `linkToken`; the clients do it with a callback. Whoever does not know it resets the password by mail.",
        ["identity_taken"] = "Say that this identity belongs to another account, and offer to sign in with it.",
        ["identity_token_invalid"] =
            "Begin again at the provider with a new nonce. When it fails again, offer another way to sign in.",
        ["invalid_credentials"] = "Say that login or password is wrong, not which. Keep the login in its field.",
        ["invalid_cursor"] =
            "Load the list again from its first page. Cursors work only with the filter, sort and user that they came with.",
        ["invalid_sync_token"] =
            "Forget the copies and sync again without a token; it belongs to another user, or was changed.",
        ["last_admin"] = "Make somebody else an admin first.",
        ["last_credential"] = "Ask for a password, a passkey or another identity first: this is the last way in.",
        ["limit_reached"] =
            "Tell the user that there is no more room, and what they can delete. Deleted ones count until they are purged.",
        ["malformed_json"] = "A bug of the app: send JSON in UTF-8, each member once.",
        ["method_not_allowed"] = "A bug of the app; `Allow` names the methods.",
        ["mfa_code_invalid"] =
            "Ask for a code, or for another one, and send it with the same request. At sign-in the `challengeToken` goes on working until its five minutes are over. After that, or when it keeps failing, begin again with the password.",
        ["mfa_required"] =
            "Ask for the code by one of `methods`, and send it with `challengeToken` to `auth/login/mfa` within five minutes.",
        ["not_acceptable"] = "A bug of the app: accept `application/json`.",
        ["not_found"] = "It is gone, or never was this user's. Remove the copy and go back to the list.",
        ["passkey_invalid"] = "Begin again with new options. When it fails again, offer the password.",
        ["password_rejected"] = "Show the [reasons](#refused-passwords) beside the field.",
        ["payload_too_large"] =
            "A bug of the app: at most 64 KiB a request, 256 KiB a task, 1 MiB a batch. Divide the batch.",
        ["permission_denied"] =
            "Hide what the user may not do; load `users/me` again, because `permissions` has changed.",
        ["precondition_failed"] =
            "Somebody else was quicker. Merge with `current`, and send it again with its version.",
        ["push_not_configured"] =
            "Notify the user while the app is open, by the stream. `push/config` says which platforms the server is configured for.",
        ["rate_limited"] = "Wait for `Retry-After` seconds, then send it again.",
        ["reauthentication_failed"] =
            "Say that the password is wrong, or that the passkey or identity is not one of this account, and ask again. The session goes on.",
        ["reauthentication_required"] =
            "Ask who it is, by password, passkey or identity, at `auth/reauthenticate`; then send the request again within five minutes.",
        ["recurrence_unsupported"] =
            "Offer the usual rules, which the clients write, and say that this one cannot be followed. The document about [tasks that repeat](recurrence.md#what-the-server-refuses) lists what is refused.",
        ["refresh_token_invalid"] = "Forget the tokens and show the sign-in.",
        ["refresh_token_reused"] =
            "Forget the tokens and show the sign-in. Say that the session was ended for safety: somebody else may have had its tokens.",
        ["service_unavailable"] = "Wait for `Retry-After` seconds, then send it again, a few times at most.",
        ["session_revoked"] =
            "Forget the tokens and show the sign-in: signed out elsewhere, expired, or ended by a changed or reset password or by an admin.",
        ["state_conflict"] =
            "Load it again and show it as it is: as things stand, this cannot be done. `detail` tells the developer why.",
        ["sync_token_expired"] =
            "Forget the copies and sync again without a token: deletions in between are no longer known.",
        ["token_expired"] = "Refresh once and send it again. The clients do it by themselves.",
        ["token_invalid_or_expired"] = "Say that the link does not work any more, and offer to send another.",
        ["too_many_attempts"] =
            "Wait for `Retry-After` seconds; say how long. Do not try again before that. A password reset lifts it for wrong passwords, not for wrong codes.",
        ["unauthenticated"] = "Show the sign-in. With a token in the header: it is none of this server's, forget it.",
        ["unknown_member"] = "A bug of the app: it sends a member that this route does not have.",
        ["unsupported_media_type"] = "A bug of the app: send `Content-Type: application/json`.",
        ["username_taken"] = "Ask for another name; `auth/username-availability` tells while people type.",
        ["validation_failed"] = "Show each of [`errors`](#wrong-values) beside its field.",
    };

    public static readonly Dictionary<string, string> FieldAdvice = new()
    {
        [FieldErrorCodes.Required] = "Ask for it: it is missing, null or blank.",
        [FieldErrorCodes.TooShort] = "Ask for more characters or items.",
        [FieldErrorCodes.TooLong] = "Ask for fewer characters or items; limit the field.",
        [FieldErrorCodes.InvalidFormat] = "Say what it should look like.",
        [FieldErrorCodes.InvalidType] = "A bug of the app: another JSON type than the documented one.",
        [FieldErrorCodes.OutOfRange] = "Say what the limits are.",
        [FieldErrorCodes.NotAllowed] = "Ask for another value: well formed, but not permitted.",
        [FieldErrorCodes.Duplicate] = "Remove the second one.",
    };

    public static readonly Dictionary<string, string> ReasonAdvice = new()
    {
        [PasswordReasons.TooShort] = "Say how long it has to be; `auth/password-policy` knows.",
        [PasswordReasons.TooLong] = "Say that at most 128 characters are taken.",
        [PasswordReasons.TooWeak] = "Say that it is easy to guess; `suggestions` of `auth/password-strength` help.",
        [PasswordReasons.ContainsIdentity] = "Say that it must not hold the username or the e-mail address.",
        [PasswordReasons.SameAsOld] = "Ask for one that is not the present one.",
    };

    public static string Write()
    {
        var tables =
            from error in ErrorCatalogue.ByCode.Values
            orderby error.Code
            group error by Problems.StatusOf(error.Kind) into errors
            orderby errors.Key
            select $"\n## {errors.Key} {ReasonPhrases.GetReasonPhrase(errors.Key)}\n\n"
                + "| code | meaning | what the app should do |\n|---|---|---|\n"
                + string.Concat(errors.Select(RowOf));
        var values = FieldsHead + string.Concat(FieldAdvice.Select(RowOf));
        var reasons = ReasonsHead + string.Concat(ReasonAdvice.Select(RowOf));
        return (Head + string.Concat(tables) + values + reasons).ReplaceLineEndings("\n");
    }

    /// <summary>Returns all constants of a class that has no other members.</summary>
    public static IEnumerable<string> ConstantsOf(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!);

    private static string RowOf(Error error) =>
        $"| `{error.Code}` | {error.Message} | {Advice.GetValueOrDefault(error.Code)} |\n";

    private static string RowOf(KeyValuePair<string, string> advice) => $"| `{advice.Key}` | {advice.Value} |\n";
}
