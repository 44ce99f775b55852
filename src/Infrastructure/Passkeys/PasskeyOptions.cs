using Fitnessify.Infrastructure.Mail;

namespace Fitnessify.Infrastructure.Passkeys;

/// <summary>Section <c>Passkeys</c>: for whom passkeys are made, and where they may be used.</summary>
public sealed class PasskeyOptions
{
    /// <summary>The domain that passkeys belong to, at or above that of each website that uses them. Passkeys are bound to it for ever.</summary>
    /// <value>host of <see cref="AppOptions.PublicUrl"/></value>
    public string? Domain { get; init; }

    /// <summary>Besides <see cref="AppOptions.PublicUrl"/>: websites (<c>https://app.example.com</c>) and Android apps (<c>android:apk-key-hash:…</c>).</summary>
    public string[] Origins { get; init; } = [];
}
