using Fitnessify.WebApi.Http.Errors;

namespace Fitnessify.WebApi.Tests.Contract;

/// <summary>The codes are a contract: new ones may be added, but none ever changes.</summary>
public sealed class ErrorCatalogueTests
{
    private static readonly string[] Catalogue =
    [
        "400 invalid_cursor",
        "400 invalid_sync_token",
        "400 malformed_json",
        "400 unknown_member",
        "400 validation_failed",
        "401 identity_token_invalid",
        "401 invalid_credentials",
        "401 mfa_code_invalid",
        "401 mfa_required",
        "401 passkey_invalid",
        "401 refresh_token_invalid",
        "401 refresh_token_reused",
        "401 session_revoked",
        "401 token_expired",
        "401 unauthenticated",
        "403 account_disabled",
        "403 email_not_confirmed",
        "403 guests_not_allowed",
        "403 https_required",
        "403 permission_denied",
        "403 reauthentication_failed",
        "403 reauthentication_required",
        "404 not_found",
        "405 method_not_allowed",
        "406 not_acceptable",
        "409 batch_failed",
        "409 email_taken",
        "409 identity_not_linked",
        "409 identity_taken",
        "409 last_admin",
        "409 last_credential",
        "409 limit_reached",
        "409 push_not_configured",
        "409 state_conflict",
        "409 username_taken",
        "410 sync_token_expired",
        "412 precondition_failed",
        "413 payload_too_large",
        "415 unsupported_media_type",
        "422 password_rejected",
        "422 recurrence_unsupported",
        "422 token_invalid_or_expired",
        "429 rate_limited",
        "429 too_many_attempts",
        "500 internal_error",
        "503 service_unavailable",
    ];

    // A path without a route for the method declares nothing.
    private static readonly string[] WithoutRoute = ["method_not_allowed"];

    [Test]
    public void The_catalogue_contains_exactly_these_codes() =>
        Assert.That(
            ErrorCatalogue.ByCode.Values.Select(error => $"{Problems.StatusOf(error.Kind)} {error.Code}"),
            Is.EquivalentTo(Catalogue)
        );

    /// <summary>A code of the catalogue that no current route returns needs no provocation yet.</summary>
    [Test]
    public async Task Every_code_that_a_route_declares_has_a_provocation()
    {
        var operations = await OpenApiDocument.OperationsAsync();
        var announced = operations.SelectMany(operation => operation.Codes).Concat(WithoutRoute).Distinct();
        Assert.That(Provocations.Codes, Is.EquivalentTo(announced));
    }

    [TestCaseSource(typeof(Provocations), nameof(Provocations.Codes))]
    public async Task A_provoked_error_matches_the_catalogue(string code)
    {
        using var response = await Provocations.ProvokeAsync(code);
        var status = Problems.StatusOf(ErrorCatalogue.ByCode[code].Kind);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo($"{status} {code}"));
    }
}
