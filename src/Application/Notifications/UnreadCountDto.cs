namespace Fitnessify.Application.Notifications;

/// <summary>How many notifications are unread.</summary>
/// <param name="Count">0 or more.</param>
public sealed record UnreadCountDto(int Count);
