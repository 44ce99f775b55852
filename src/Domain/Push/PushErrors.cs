using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Push;

/// <summary>The expected failures of push.</summary>
public static class PushErrors
{
    // Errors are compared, and lists of fields are equal only if they are the same.
    private static readonly FieldError[] EndpointField =
    [
        new(
            ["endpoint"],
            FieldErrorCodes.NotAllowed,
            "Endpoints are https URLs of the push services that are allowed here."
        ),
    ];

    /// <summary>The server has no credentials for the service of the device.</summary>
    public static readonly Error PushNotConfigured = new(
        ErrorKind.Conflict,
        "push_not_configured",
        "This server is not configured for the platform; GET /push/config says for which it is."
    );

    /// <summary>The endpoint is not on an allowed host.</summary>
    public static Error EndpointNotAllowed => CommonErrors.Validation(EndpointField);

    /// <summary>The same device or address was put at the same moment.</summary>
    public static Error DeviceChanged =>
        CommonErrors.StateConflict with
        {
            Message = "The device or its address was registered by another request at the same moment. Try again.",
        };
}
