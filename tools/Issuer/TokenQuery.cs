using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.Issuer;

/// <summary>What an ID token shall say.</summary>
/// <param name="Sub">The identifier of the user.</param>
/// <param name="Nonce">The nonce, or its digest; without it, the header Nonce of the answer tells the nonce of the token.</param>
/// <param name="Email">The address, if the token shall have one.</param>
/// <param name="Verified">Whether the issuer has verified the address; by default, it has.</param>
/// <param name="Name">The name, if the token shall have one.</param>
/// <param name="Aud">The audience; by default, the client id in the settings.</param>
/// <param name="Age">The age of the token in seconds.</param>
/// <param name="AuthAge">The number of seconds since the user was at the issuer, if the token shall tell it.</param>
internal sealed record TokenQuery(
    string Sub,
    string? Nonce,
    string? Email,
    bool? Verified,
    string? Name,
    string? Aud,
    int? Age,
    [property: FromQuery(Name = "auth_age")] int? AuthAge
);
