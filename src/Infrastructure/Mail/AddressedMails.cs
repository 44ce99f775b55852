using System.Linq.Expressions;
using Fitnessify.Domain.Mail;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Finds the mails to an address, which have no account until they are finished.</summary>
internal static class AddressedMails
{
    // The escape character occurs in no address.
    private const string Escape = "\\";

    /// <summary>Returns the predicate for the mails to an address, in any case.</summary>
    public static Expression<Func<OutboxMail, bool>> To(string address)
    {
        var pattern = address
            .Replace("_", $"{Escape}_", StringComparison.Ordinal)
            .Replace("%", $"{Escape}%", StringComparison.Ordinal);
        return mail => mail.UserId == null && EF.Functions.Like(mail.Address!, pattern, Escape);
    }
}
