using System.Buffers.Text;
using System.Text.Json;
using Fitnessify.Domain.Push;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Writes the parts of a message as every service carries them.</summary>
internal static class PushFormat
{
    extension(PushMessage message)
    {
        /// <summary>
        /// Gets the text that is the same for messages that replace each other: 22 characters, all of which are permitted in a
        /// Topic of Web Push (RFC 8030, 5.4).
        /// </summary>
        public string CollapseId => Base64Url.EncodeToString(message.Id.ToByteArray(bigEndian: true));

        /// <summary>Gets the type as the app reads it.</summary>
        public string TypeName => JsonNamingPolicy.CamelCase.ConvertName($"{message.Type}");
    }
}
