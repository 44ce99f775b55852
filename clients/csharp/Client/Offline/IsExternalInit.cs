#if !NET
namespace System.Runtime.CompilerServices;

// The compiler needs this type for records, and .NET Standard 2.0 does not have it.
internal static class IsExternalInit;
#endif
