namespace Fitnessify.Client;

public sealed partial class FitnessifySession
{
    /// <summary>
    /// Signs in with an identity at Apple, Google or another provider, and stores the tokens. The first time, this creates an
    /// account. With MFA on, it fails with <see cref="MfaRequiredException"/> as after a password; continue with
    /// <see cref="SignInWithAsync(Func{FitnessifyApi, Task{TokensDto}}, CancellationToken)"/>. A guest is merged as in <see cref="SignInAsync"/>.
    /// </summary>
    /// <remarks>
    /// <para>
    /// If an account has the address of the identity, the identity is linked only after a sign-in to that account. In
    /// <paramref name="onNotLinked"/>, the app signs in with this session as usual; an <see cref="MfaRequiredException"/> of that
    /// sign-in must be handled there, too. The callback returns the password again, with MFA on together with a code that was not
    /// used before, or null after <c>Api.Auth.ReauthenticateAsync</c>. Then this method links the identity and returns the tokens of
    /// the session that the callback has started.
    /// </para>
    /// <para>
    /// Whatever the callback throws ends this method. If only the link fails, the session stays signed in, the error is thrown, and
    /// the app can call <c>Api.Identities.LinkAsync</c> with the same <see cref="IdentityNotLinkedException.LinkToken"/>.
    /// </para>
    /// </remarks>
    /// <param name="identity">What the provider has issued. Each nonce works once, so a further attempt needs another ID token.</param>
    /// <param name="onNotLinked">
    /// Signs in to the account that has the address, on the synchronization context of the caller. Null throws the
    /// <see cref="IdentityNotLinkedException"/> instead.
    /// </param>
    /// <exception cref="IdentityNotLinkedException">An account has the address, and there is no callback.</exception>
    /// <exception cref="InvalidOperationException">The callback returned without having started a session.</exception>
    public async Task<TokensDto> SignInWithIdentityAsync(
        LoginIdentityCommand identity,
        Func<IdentityNotLinkedException, Task<ReauthenticationProof?>>? onNotLinked = null,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            // The callback shows pages of the app, so it runs where the app has made this call.
            return await SignInWithAsync(
                    (api, guestToken) => LoginAsync(api, identity, guestToken, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(true);
        }
        catch (IdentityNotLinkedException notLinked) when (onNotLinked is not null && notLinked.LinkToken.Length > 0)
        {
            return await LinkAfterSignInAsync(notLinked, onNotLinked, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<TokensDto> LoginAsync(
        FitnessifyApi api,
        LoginIdentityCommand identity,
        string? guestToken,
        CancellationToken ct
    )
    {
        if (guestToken is null || identity.GuestToken is not null)
        {
            return await api.Identities.LoginAsync(identity, ct).ConfigureAwait(false);
        }

        identity.GuestToken = guestToken;
        try
        {
            return await api.Identities.LoginAsync(identity, ct).ConfigureAwait(false);
        }
        finally
        {
            // An app may send the identity again later, when a token of now would count as reused and end the session of the guest.
            identity.GuestToken = null;
        }
    }

    private async Task<TokensDto> LinkAfterSignInAsync(
        IdentityNotLinkedException notLinked,
        Func<IdentityNotLinkedException, Task<ReauthenticationProof?>> onNotLinked,
        CancellationToken ct
    )
    {
        var former = await Tokens.GetAsync(ct).ConfigureAwait(true);
        var proof = await UnlessCancelledAsync(onNotLinked(notLinked), ct).ConfigureAwait(false);
        var tokens = await Tokens.GetAsync(ct).ConfigureAwait(false);
        // An earlier session on this device may belong to another account, which the identity must not be linked to.
        if (tokens is null || tokens.SessionId == former?.SessionId)
        {
            throw new InvalidOperationException(
                "The identity is not linked, because the callback has not signed in to the account.",
                notLinked
            );
        }

        var link = new LinkIdentityCommand { LinkToken = notLinked.LinkToken, Password = proof?.Password };
        (link.Code, link.RecoveryCode) = (proof?.Code, proof?.RecoveryCode);
        await Api.Identities.LinkAsync(link, ct).ConfigureAwait(false);
        // The link may have refreshed the tokens.
        return await Tokens.GetAsync(ct).ConfigureAwait(false) ?? tokens;
    }
}
