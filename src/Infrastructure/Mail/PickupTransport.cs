using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Fitnessify.Infrastructure.Mail;

/// <summary>The folder that receives mails as files.</summary>
internal sealed record PickupFolder(string Path);

/// <summary>Writes mails into files, for development and for programs that collect them. A retry replaces the file.</summary>
internal sealed partial class PickupTransport(PickupFolder folder, MimeFormat format, ILogger<PickupTransport> logger)
    : IMailTransport
{
    private static readonly FormatOptions Lines = CreateLines();

    public async Task<MailDelivery> SendAsync(MailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(message, cancellationToken);
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

    public void Forget(IEnumerable<Guid> mailIds)
    {
        if (!Directory.Exists(folder.Path))
        {
            return;
        }

        foreach (var file in mailIds.SelectMany(id => (string[])[FileOf(id), PartOf(id)]))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // One file must not keep all that comes after it from being deleted.
                LogNotDeleted(exception, file);
            }
        }
    }

    private string FileOf(Guid mailId) => Path.Combine(folder.Path, $"{mailId}.eml");

    private string PartOf(Guid mailId) => Path.Combine(folder.Path, $"{mailId}.part");

    // The file gets its final name when it is complete, so that no reader sees a part of it.
    private async Task WriteAsync(MailMessage message, CancellationToken cancellationToken)
    {
        using var mime = format.Write(message);
        PrivateFile.CreateFolder(folder.Path);
        var part = PartOf(message.Id);
        await using (var file = PrivateFile.Open(part, FileMode.Create))
        {
            await mime.WriteToAsync(Lines, file, cancellationToken);
        }

        File.Move(part, FileOf(message.Id), overwrite: true);
    }

    // The files have the line ends of SMTP on every system.
    private static FormatOptions CreateLines()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        return options;
    }

    [LoggerMessage(LogLevel.Warning, "{File} cannot be deleted")]
    private partial void LogNotDeleted(Exception exception, string file);
}
