using Fitnessify.Domain.Mail;
using MimeKit;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>Writes mails into files, for development and for programs that fetch them. A repeat replaces its file.</summary>
internal sealed class PickupTransport(string folder, MessageFormat format) : IMailTransport
{
    private static readonly FormatOptions Lines = CreateLines();

    public async Task<MailDelivery> SendAsync(Letter letter, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(letter, cancellationToken);
            return MailDelivery.Delivered;
        }
        catch (ParseException)
        {
            return MailDelivery.Refused(SmtpFailures.BadAddress);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return MailDelivery.Failed($"cannot be written to Mail:PickupFolder: {exception.GetType().Name}");
        }
    }

    // Nobody sees half a file: it gets its name when it is whole.
    private async Task WriteAsync(Letter letter, CancellationToken cancellationToken)
    {
        using var message = format.Write(letter);
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, $"{letter.Id}.part");
        await using (var file = File.Create(part))
        {
            await message.WriteToAsync(Lines, file, cancellationToken);
        }

        File.Move(part, Path.Combine(folder, $"{letter.Id}.eml"), overwrite: true);
    }

    // As they go over the wire, whatever the system's own are.
    private static FormatOptions CreateLines()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        return options;
    }
}
