using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Guests;

/// <summary>Expected failures around guests.</summary>
public static class GuestErrors
{
    /// <summary>The server creates no accounts for guests.</summary>
    public static readonly Error GuestsNotAllowed = new(
        ErrorKind.Forbidden,
        "guests_not_allowed",
        "This server has no guests. Register, or sign in."
    );

    /// <summary>A guest has to register first.</summary>
    public static Error NotRegistered => CommonErrors.StateConflict with { Message = "A guest has to register first." };

    /// <summary>Only a guest can register.</summary>
    public static Error AlreadyMember =>
        CommonErrors.StateConflict with
        {
            Message = "This account is a member's already.",
        };

    /// <summary>With what the guest has, the account would have more tasks or lists than it may have.</summary>
    public static Error TooMuchToMerge =>
        CommonErrors.LimitReached with
        {
            Message =
                "With the tasks and lists of the guest, the account would have too many. Nothing has changed. Delete some, or sign in without the guest.",
        };

    /// <summary>The username of a guest who registers is missing.</summary>
    public static Error UsernameRequired =>
        CommonErrors.Validation(
            new FieldError(["username"], FieldErrorCodes.Required, "A guest who registers chooses a username.")
        );
}
