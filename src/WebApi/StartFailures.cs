using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;
using Microsoft.AspNetCore.Connections;

namespace Fitnessify.WebApi;

/// <summary>What the surroundings can lack at start. It is the operator's to mend, who needs one line and no stack trace.</summary>
internal static class StartFailures
{
    /// <summary>The line; null for a failure of the program itself.</summary>
    public static SettingsException? Explain(Exception exception, IOutages outages) =>
        IsOfCertificate(exception) ? new SettingsException("Kestrel:Certificates", exception.Message)
        : IsOfAddress(exception) ? new SettingsException("urls", exception.GetBaseException().Message)
        : outages.IsOutage(exception) || IsOfDatabase(exception) ? OfDatabase(exception)
        : null;

    /// <summary>The line about the database, or its folder.</summary>
    public static SettingsException OfDatabase(Exception exception) =>
        new(
            "ConnectionStrings:Fitnessify",
            $"the database cannot be used: {exception.GetBaseException().Message.ReplaceLineEndings(" ")}"
        );

    /// <summary>Whether the server cannot listen as it was told to.</summary>
    public static bool IsOfListening(Exception? exception) => IsOfAddress(exception) || IsOfCertificate(exception);

    // A right that the login lacks, for instance. The message tells what was refused, and the statement is the program's own.
    private static bool IsOfDatabase(Exception? exception) =>
        exception is DbException || (exception?.InnerException is { } inner && IsOfDatabase(inner));

    private static bool IsOfCertificate(Exception? exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException or CryptographicException;

    private static bool IsOfAddress(Exception? exception) =>
        exception is SocketException or IOException { InnerException: AddressInUseException };
}
