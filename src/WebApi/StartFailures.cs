using System.Net.Sockets;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure;
using Microsoft.AspNetCore.Connections;

namespace Fitnessify.WebApi;

/// <summary>What the surroundings can lack at start. It is the operator's to mend, who needs one line and no stack trace.</summary>
internal static class StartFailures
{
    /// <summary>The line; null for a failure of the program itself.</summary>
    public static SettingsException? Explain(Exception exception, WebApplication app) =>
        IsOfAddress(exception) ? new SettingsException("urls", exception.GetBaseException().Message)
        : app.Services.GetRequiredService<IOutages>().IsOutage(exception) || IsOfFolder(exception)
            ? new SettingsException(
                "ConnectionStrings:Fitnessify",
                $"the database cannot be used: {OneLine(exception.GetBaseException().Message)}"
            )
        : null;

    /// <summary>Whether the server cannot listen where it was told to.</summary>
    public static bool IsOfAddress(Exception? exception) =>
        exception is SocketException or IOException { InnerException: AddressInUseException };

    private static bool IsOfFolder(Exception exception) => exception is IOException or UnauthorizedAccessException;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
