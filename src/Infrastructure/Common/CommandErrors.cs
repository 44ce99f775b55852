using Fitnessify.Domain.Common;

namespace Fitnessify.Infrastructure.Common;

/// <summary>The errors of the program's commands; no client of the API receives them.</summary>
public static class CommandErrors
{
    /// <summary>Returns the error that the command cannot be carried out.</summary>
    /// <param name="message">The reason, for the operator; it contains no secret.</param>
    public static Error Refused(string message) => new(ErrorKind.Invalid, "command_refused", message);
}
