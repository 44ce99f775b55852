namespace Fitnessify.Application.Admin;

/// <summary>The users of <see cref="SeedDemoCommand"/>.</summary>
/// <param name="Usernames">Those that were created, or those that existed before.</param>
/// <param name="Password">The password that new demo users get.</param>
/// <param name="AreNew">Whether they were created just now; otherwise nothing was changed.</param>
public sealed record DemoUsers(IReadOnlyList<string> Usernames, string Password, bool AreNew);
