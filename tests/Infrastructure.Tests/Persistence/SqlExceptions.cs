using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Fitnessify.Infrastructure.Tests.Persistence;

/// <summary>Creates the exceptions of SQL Server, which its client library lets nobody else create.</summary>
internal static class SqlExceptions
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    /// <param name="number">The number in sys.messages.</param>
    /// <param name="severity">The severity class of the error.</param>
    public static SqlException New(int number, byte severity = 13)
    {
        var error = Call<SqlError>(
            typeof(SqlError).GetConstructors(Hidden).MinBy(constructor => constructor.GetParameters().Length)!,
            number,
            severity
        );
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error]);
        var create = typeof(SqlException)
            .GetMethods(Hidden)
            .First(method =>
                method.Name == "CreateException"
                && method
                    .GetParameters()
                    .Select(parameter => parameter.ParameterType)
                    .SequenceEqual([typeof(SqlErrorCollection), typeof(string)])
            );
        return (SqlException)create.Invoke(null, [errors, "16.00.0000"])!;
    }

    private static T Call<T>(ConstructorInfo constructor, int number, byte severity) =>
        (T)
            constructor.Invoke([
                .. constructor
                    .GetParameters()
                    .Select(parameter =>
                        parameter.Name switch
                        {
                            "infoNumber" => number,
                            "errorClass" => severity,
                            _ when parameter.ParameterType == typeof(string) => $"Message {number}",
                            _ when parameter.ParameterType.IsValueType => Activator.CreateInstance(
                                parameter.ParameterType
                            ),
                            _ => null,
                        }
                    ),
            ]);
}
