using System.Net.Mail;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Writes mails into files, for development and for programs that fetch them. A repeat replaces its file.</summary>
internal sealed class PickupTransport(string folder, Envelope envelope) : IMailTransport
{
    public async Task<MailDelivery> SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(letter, cancellationToken);
            return MailDelivery.Delivered;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or SmtpException or FormatException)
        {
            return MailDelivery.Failed($"cannot be written to Mail:PickupFolder: {exception.GetType().Name}");
        }
    }

    // Nobody sees half a file: it gets its name when it is whole.
    private async Task WriteAsync(Letter letter, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var workplace = Directory.CreateTempSubdirectory("fitnessify-mail-");
        try
        {
            using var client = new SmtpClient
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = workplace.FullName,
            };
            using var message = envelope.Seal(letter);
            await client.SendMailAsync(message, cancellationToken);
            var part = Path.Combine(folder, $"{letter.Id}.part");
            File.Copy(workplace.GetFiles().Single().FullName, part, overwrite: true);
            File.Move(part, Path.Combine(folder, $"{letter.Id}.eml"), overwrite: true);
        }
        finally
        {
            workplace.Delete(recursive: true);
        }
    }
}
