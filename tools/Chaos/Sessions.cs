namespace Fitnessify.Chaos;

/// <summary>What an account does with its password and its session.</summary>
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
        // Taken by itself, when the answer to an earlier attempt was lost. Whether that was whole, the sign-in shows.
        if (answer.Status == 201 || answer.Code == "username_taken")
        {
            account.IsRegistered = true;
            tally.Acknowledge();
        }
        else
        {
            tally.Contradict($"registration: {answer.Status} {answer.Code}");
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
            tally.Lose($"the account {account.Name}: {answer.Status} {answer.Code}");
            return;
        }

        account.PasswordInFlight = null;
        account.IsLogoutInFlight = false;
        account.PreviousToken = null;
        account.Keep(answer.Body);
        tally.Acknowledge();
    }

    public async Task RefreshAsync()
    {
        // Until there is an answer, this one may be the previous token, and the one before it a stolen one.
        account.PreviousToken = null;
        var (used, answer) = (account.RefreshToken, await RefreshAsync(account.RefreshToken));
        if (answer.IsSuccess)
        {
            account.Keep(answer.Body);
            account.PreviousToken = used;
            account.IsLogoutInFlight = false;
            tally.Acknowledge();
        }
        else
        {
            account.AccessToken = null;
            if (!account.IsLogoutInFlight)
            {
                tally.Lose($"the session of {account.Name}: {answer.Status} {answer.Code}");
            }
        }
    }

    public async Task SignOutAsync()
    {
        account.IsLogoutInFlight = true;
        var answer = await caller.SendAsync(HttpMethod.Post, "auth/logout", account.AccessToken);
        if (answer.Status == 204)
        {
            account.EndedToken = account.AccessToken;
            account.AccessToken = null;
            account.IsLogoutInFlight = false;
            tally.Acknowledge();
        }
        else
        {
            tally.Contradict($"sign-out: {answer.Status} {answer.Code}");
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
            tally.Acknowledge();
        }
        else
        {
            tally.Contradict($"change of password: {answer.Status} {answer.Code}");
        }
    }

    /// <summary>Compares with the server.</summary>
    /// <param name="withPrevious">Whether the time of grace cannot be over yet.</param>
    public async Task CompareAsync(bool withPrevious)
    {
        if (!account.IsRegistered)
        {
            await RegisterAsync();
        }

        if (account.EndedToken is { } ended)
        {
            var answer = await caller.SendAsync(HttpMethod.Get, "users/me", ended);
            if (answer.Status != 401)
            {
                tally.Lose($"a sign-out of {account.Name}: {answer.Status}");
            }
        }

        if (
            account is { AccessToken: not null, IsLogoutInFlight: false, PreviousToken: { } previous }
            && withPrevious
            && await RefreshAsync(previous) is { IsSuccess: false } refused
        )
        {
            tally.Lose($"the refresh token before the last of {account.Name}: {refused.Status} {refused.Code}");
        }

        if (account.AccessToken is not null)
        {
            await RefreshAsync();
        }

        if (account.AccessToken is null || account.PasswordInFlight is not null || !withPrevious)
        {
            await SignInAsync();
        }
    }

    private Task<Answer> LoginAsync(string password) =>
        caller.SendAsync(HttpMethod.Post, "auth/login", null, new { login = account.Name, password });

    private Task<Answer> RefreshAsync(string refreshToken) =>
        caller.SendAsync(HttpMethod.Post, "auth/refresh", null, new { refreshToken });
}
