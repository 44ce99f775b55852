using System.ComponentModel.DataAnnotations;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.RateLimits;
using Fitnessify.WebApi.Http.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.RateLimiting;

namespace Fitnessify.WebApi.Controllers;

/// <summary>Registration and sign-in.</summary>
[Route("api/v1/auth")]
[EnableRateLimiting(RateLimiting.SignIn)]
public sealed class AuthController(IMediator sender) : ApiController(sender)
{
    /// <summary>Creates an account.</summary>
    /// <remarks>
    /// The account can sign in at once, unless the server asks for a confirmed e-mail address. Where the server does not tell
    /// whether an address is known, the answer is 202, always the same, and a mail says how to go on.
    /// </remarks>
    [HttpPost("register")]
    [AllowAnonymous]
    [ProducesResponseType<UserDto>(StatusCodes.Status201Created)]
    [ProducesResponseType<RegistrationPendingBody>(StatusCodes.Status202Accepted)]
    [Fails("username_taken", "email_taken", "password_rejected")]
    public async Task<ActionResult<UserDto>> Register(
        [FromBody] RegisterUserCommand command,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(command, cancellationToken),
            registered =>
                registered.User is { } user
                    ? Created("/api/v1/users/me", user)
                    : Accepted(RegistrationPendingBody.Fixed)
        );

    /// <summary>Tells, while a person types, whether a username can be registered.</summary>
    /// <remarks>Only a hint: another person may be quicker.</remarks>
    /// <param name="username">As typed so far.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    // [Required] only serves the OpenAPI document; the use case validates the value.
    [HttpGet("username-availability")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimiting.Probe)]
    [ProducesResponseType<UsernameAvailabilityDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<UsernameAvailabilityDto>> CheckUsername(
        [FromQuery, Required] string username,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(new CheckUsernameQuery(username), cancellationToken), Ok);

    /// <summary>What a password must be.</summary>
    [HttpGet("password-policy")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimiting.Default)]
    [ProducesResponseType<PasswordPolicyDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PasswordPolicyDto>> GetPasswordPolicy(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new GetPasswordPolicyQuery(), cancellationToken), Ok);

    /// <summary>Tells, while a person types, how good a password is and what would make it better.</summary>
    /// <remarks>Nothing of it is stored or logged.</remarks>
    [HttpPost("password-strength")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimiting.Probe)]
    [ProducesResponseType<PasswordStrengthDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PasswordStrengthDto>> RatePassword(
        [FromBody] RatePasswordQuery query,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(query, cancellationToken), Ok);

    /// <summary>Signs in on a device and answers with its tokens.</summary>
    /// <remarks>
    /// A wrong login and a wrong password get the same answer. With a second factor the right password is answered with
    /// mfa_required: its challengeToken and a code go to /auth/login/mfa. With guestToken, what the guest of this device has becomes
    /// the account's, once, with the start of the session.
    /// </remarks>
    [HttpPost("login")]
    [AllowAnonymous]
    [ProducesResponseType<TokensDto>(StatusCodes.Status200OK)]
    [Fails(
        "invalid_credentials",
        "mfa_required",
        "account_disabled",
        "email_not_confirmed",
        "too_many_attempts",
        "limit_reached"
    )]
    public async Task<ActionResult<TokensDto>> Login(
        [FromBody] LoginUserCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);

    /// <summary>The second step of a sign-in: answers a code with the tokens.</summary>
    /// <remarks>Give the code of an authenticator app or a recovery code. A wrong one can be tried again with the same challengeToken.</remarks>
    [HttpPost("login/mfa")]
    [AllowAnonymous]
    [ProducesResponseType<TokensDto>(StatusCodes.Status200OK)]
    [Fails("mfa_code_invalid", "too_many_attempts", "limit_reached")]
    public async Task<ActionResult<TokensDto>> VerifyMfa(
        [FromBody] VerifyMfaCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);

    /// <summary>Buys the next access and refresh token.</summary>
    /// <remarks>
    /// An answer that got lost, or two refreshes at once, sign no user out: for a short while the token before the newest
    /// gets the same answer. Later it gets new tokens, as long as those of the lost answer were not used; they are void
    /// then. Any older token, and any void one, ends the session, because it may have been stolen.
    /// </remarks>
    [HttpPost("refresh")]
    [AllowAnonymous]
    [EnableRateLimiting(RateLimiting.Refresh)]
    [ProducesResponseType<TokensDto>(StatusCodes.Status200OK)]
    [Fails("refresh_token_invalid", "refresh_token_reused")]
    public async Task<ActionResult<TokensDto>> Refresh(
        [FromBody] RefreshTokensCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);

    /// <summary>Mails the link that confirms an address once more.</summary>
    /// <remarks>The answer is the same whether or not anybody waits for it.</remarks>
    [HttpPost("email/confirmation")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    public async Task<ActionResult> SendConfirmation(
        [FromBody] SendConfirmationCommand command,
        CancellationToken cancellationToken
    ) => RespondAccepted(await Sender.Send(command, cancellationToken));

    /// <summary>Confirms an address with what the mailed link holds.</summary>
    /// <remarks>A new address takes the place of the old one with it.</remarks>
    [HttpPost("email/confirm")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("token_invalid_or_expired", "email_taken")]
    public async Task<ActionResult> ConfirmEmail(
        [FromBody] ConfirmEmailCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken));

    /// <summary>Rejects an address with what the mailed link holds: "this was not me".</summary>
    /// <remarks>
    /// An account whose address was never confirmed is deleted. Of any other, the new address is forgotten.
    /// </remarks>
    [HttpPost("email/reject")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("token_invalid_or_expired", "last_admin")]
    public async Task<ActionResult> RejectEmail(
        [FromBody] RejectEmailCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken));

    /// <summary>Mails a link that sets a new password.</summary>
    /// <remarks>The answer is the same whether or not anybody has the address.</remarks>
    [HttpPost("password/forgot")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    public async Task<ActionResult> ForgotPassword(
        [FromBody] ForgotPasswordCommand command,
        CancellationToken cancellationToken
    ) => RespondAccepted(await Sender.Send(command, cancellationToken));

    /// <summary>Sets a new password with what the mailed link holds, and ends all sessions.</summary>
    /// <remarks>
    /// Passkeys, identities and second factor stay, and the mail about it lists them. Where the address was never confirmed
    /// before, they are removed: another person may have set them up.
    /// </remarks>
    [HttpPost("password/reset")]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("token_invalid_or_expired", "password_rejected")]
    public async Task<ActionResult> ResetPassword(
        [FromBody] ResetPasswordCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken));

    /// <summary>Shows again who the user of this session is, by password, passkey or identity.</summary>
    /// <remarks>
    /// For five minutes after that, acts that ask for the password take nothing in its place. It ends with the session and with
    /// any change of what the user signs in with. With a second factor it takes a code too.
    /// </remarks>
    [HttpPost("reauthenticate")]
    [EnableRateLimiting(RateLimiting.Default)]
    [ProducesResponseType<ReauthenticationDto>(StatusCodes.Status200OK)]
    [Fails("reauthentication_failed", "mfa_code_invalid", "too_many_attempts")]
    public async Task<ActionResult<ReauthenticationDto>> Reauthenticate(
        [FromBody] ReauthenticateCommand command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command, cancellationToken), Ok);

    /// <summary>Ends this session; its tokens are worthless from then on.</summary>
    /// <remarks>With the access token, or with a refresh token in the body when that has expired.</remarks>
    [HttpPost("logout")]
    [AcceptsRefreshToken]
    [EnableRateLimiting(RateLimiting.Default)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("refresh_token_invalid")]
    public async Task<ActionResult> Logout(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] LogoutUserCommand? command,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(command ?? new LogoutUserCommand(), cancellationToken));
}

/// <summary>The answer to a registration that does not tell whether the address is known.</summary>
/// <param name="Status">Always pending.</param>
/// <param name="Detail">One sentence for the person.</param>
public sealed record RegistrationPendingBody(string Status, string Detail)
{
    internal static readonly RegistrationPendingBody Fixed = new(
        "pending",
        "A mail to this address tells how to go on."
    );
}
