using System.Text;
using MimeKit;

namespace Fitnessify.Infrastructure.Tests.Mail;

/// <summary>A mail as its recipient reads it.</summary>
internal sealed class ParsedMail
{
    private readonly MimeMessage _message;
    private readonly Multipart _body;

    private ParsedMail(MimeMessage message) => (_message, _body) = (message, (Multipart)message.Body!);

    /// <summary>Gets the names of the headers, in order.</summary>
    public IEnumerable<string> Names => _message.Headers.Concat(_body.Headers).Select(header => header.Field);

    public IReadOnlyList<(string Type, string Content)> Parts =>
        [
            .. _body
                .Cast<TextPart>()
                .Select(part => ($"{part.ContentType.MimeType}; charset={part.ContentType.Charset}", Decode(part))),
        ];

    public string Subject => _message.Subject!;

    public string this[string name] => (_message.Headers[name] ?? _body.Headers[name])!;

    public static ParsedMail Of(string source) =>
        new(MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(source))));

    // Line endings are kept as they were received.
    private static string Decode(TextPart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return Encoding.UTF8.GetString(content.ToArray());
    }
}
