using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Common;

/// <summary>What the commands of the program answer with; no client of the API sees it.</summary>
public static class CommandErrors
{
    /// <summary>What the command was to do cannot be done.</summary>
    /// <param name="message">Why, for the operator; no secret.</param>
    public static Error Refused(string message) => new(ErrorKind.Invalid, "command_refused", message);
}
