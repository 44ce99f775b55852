namespace Fitnessify.Chaos;

/// <summary>These requests concern the password and the session of an account.</summary>
internal sealed class Sessions(Account account, Caller caller, Tally tally)
{
    public async Task RegisterAsync()
    {
        var (username, email, password) = (account.Name, account.Email, account.Password);
        var body = new
        {
            username,
            email,
            password,
        };
        var answer = await caller.SendAsync(HttpMethod.Post, "auth/register", null, body);
        // The account itself has the username when the response to an earlier attempt was lost; the sign-in shows whether it is complete.
        if (answer.Status == 201 || answer.Code == "username_taken")
        {
            account.IsRegistered = true;
            tally.RecordAcknowledged();
        }
        else
        {
            tally.RecordWrong($"registration: {answer.Status} {answer.Code}");
        }
    }

    public async Task SignInAsync()
    {
        var answer = await LoginAsync(account.Password);
        if (!answer.IsSuccess && account.PasswordInFlight is { } other)
        {
            answer = await LoginAsync(other);
            account.Password = other;
        }

        if (!answer.IsSuccess)
        {
            tally.RecordLost($"the account {account.Name}: {answer.Status} {answer.Code}");
            return;
        }

        account.PasswordInFlight = null;
        account.IsLogoutInFlight = false;
        account.PreviousRefreshToken = null;
        account.KeepTokens(answer.Body);
        tally.RecordAcknowledged();
    }

    public async Task RefreshAsync()
    {
        // Without a response it is unknown whether the token was rotated. If it was, the previous token now counts as reused
        // (RFC 9700, 4.14.2).
        account.PreviousRefreshToken = null;
        var (used, answer) = (account.RefreshToken, await RefreshAsync(account.RefreshToken));
        if (answer.IsSuccess)
        {
            account.KeepTokens(answer.Body);
            account.PreviousRefreshToken = used;
            account.IsLogoutInFlight = false;
            tally.RecordAcknowledged();
        }
        else
        {
            account.AccessToken = null;
            if (!account.IsLogoutInFlight)
            {
                tally.RecordLost($"the session of {account.Name}: {answer.Status} {answer.Code}");
            }
        }
    }

    public async Task SignOutAsync()
    {
        account.IsLogoutInFlight = true;
        var answer = await caller.SendAsync(HttpMethod.Post, "auth/logout", account.AccessToken);
        if (answer.Status == 204)
        {
            account.RevokedToken = account.AccessToken;
            account.AccessToken = null;
            account.IsLogoutInFlight = false;
            tally.RecordAcknowledged();
        }
        else
        {
            tally.RecordWrong($"sign-out: {answer.Status} {answer.Code}");
        }
    }

    public async Task ChangePasswordAsync()
    {
        var newPassword = $"Copper-Lantern-{Guid.NewGuid():N}";
        account.PasswordInFlight = newPassword;
        var body = new { currentPassword = account.Password, newPassword };
        var answer = await caller.SendAsync(HttpMethod.Put, "users/me/password", account.AccessToken, body);
        if (answer.Status == 204)
        {
            account.Password = newPassword;
            account.PasswordInFlight = null;
            tally.RecordAcknowledged();
        }
        else
        {
            tally.RecordWrong($"change of password: {answer.Status} {answer.Code}");
        }
    }

    /// <param name="isRecent">The value is true when the last refresh is certainly within the grace period.</param>
    public async Task CompareAsync(bool isRecent)
    {
        if (!account.IsRegistered)
        {
            await RegisterAsync();
        }

        if (account.RevokedToken is { } revoked)
        {
            var answer = await caller.SendAsync(HttpMethod.Get, "users/me", revoked);
            if (answer.Status != 401)
            {
                tally.RecordLost($"a sign-out of {account.Name}: {answer.Status}");
            }
        }

        if (
            account is { AccessToken: not null, IsLogoutInFlight: false, PreviousRefreshToken: { } previous }
            && isRecent
            && await RefreshAsync(previous) is { IsSuccess: false } refused
        )
        {
            tally.RecordLost($"the refresh token before the last of {account.Name}: {refused.Status} {refused.Code}");
        }

        if (account.AccessToken is not null)
        {
            await RefreshAsync();
        }

        if (account.AccessToken is null || account.PasswordInFlight is not null || !isRecent)
        {
            await SignInAsync();
        }
    }

    private Task<Answer> LoginAsync(string password) =>
        caller.SendAsync(HttpMethod.Post, "auth/login", null, new { login = account.Name, password });

    private Task<Answer> RefreshAsync(string refreshToken) =>
        caller.SendAsync(HttpMethod.Post, "auth/refresh", null, new { refreshToken });
}
