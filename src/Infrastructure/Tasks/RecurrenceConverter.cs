using Fitnessify.Domain.Tasks;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>Stores how a task repeats as one text, because no query asks for a part of it.</summary>
internal sealed class RecurrenceConverter()
    : ValueConverter<Recurrence, string>(recurrence => recurrence.ToString(), text => Recurrence.Parse(text));
