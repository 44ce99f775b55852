using Fitnessify.Domain.Tasks;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>Stores when a task is due as one text, because no query asks for a part of it.</summary>
internal sealed class DueConverter() : ValueConverter<Due, string>(due => due.ToString(), text => Due.Parse(text));
