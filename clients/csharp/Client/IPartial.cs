namespace Fitnessify.Client;

/// <summary>Only the assigned members of these types are sent, including those that were assigned null.</summary>
internal interface IPartial
{
    bool IsAssigned(string member);
}
