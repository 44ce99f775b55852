using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;
using Microsoft.AspNetCore.Connections;

namespace Fitnessify.WebApi;

/// <summary>
/// These failures come from the environment. The operator can fix them and needs one line instead of a stack trace.
/// </summary>
internal static class StartFailures
{
    /// <summary>The result is null when the failure is a bug of the program.</summary>
    public static SettingsException? Explain(Exception exception, IOutages outages) =>
        IsCertificateFailure(exception) ? new SettingsException("Kestrel:Certificates", exception.Message)
        : IsAddressFailure(exception) ? new SettingsException("urls", exception.GetBaseException().Message)
        : outages.IsOutage(exception) || IsDatabaseFailure(exception) ? ForDatabase(exception)
        : null;

    public static SettingsException ForDatabase(Exception exception) =>
        new(
            "ConnectionStrings:Fitnessify",
            $"the database cannot be used: {exception.GetBaseException().Message.ReplaceLineEndings(" ")}"
        );

    public static bool IsListenFailure(Exception? exception) =>
        IsAddressFailure(exception) || IsCertificateFailure(exception);

    // The login may lack a permission, for instance. The message names it and holds no data of users.
    private static bool IsDatabaseFailure(Exception? exception) =>
        exception is DbException || (exception?.InnerException is { } inner && IsDatabaseFailure(inner));

    private static bool IsCertificateFailure(Exception? exception) =>
        exception is FileNotFoundException or DirectoryNotFoundException or CryptographicException;

    private static bool IsAddressFailure(Exception? exception) =>
        exception is SocketException or IOException { InnerException: AddressInUseException };
}
