using System.Linq.Expressions;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// Keyset paging: goes on where the last page ended, whatever was inserted or deleted meanwhile, at a cost that does not
/// depend on how far that is.
/// </summary>
internal static class Keyset
{
    /// <summary>Orders by a key, and by the id among equals.</summary>
    public static IQueryable<T> OrderByKey<T, TKey>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, Guid>> id,
        bool descending
    ) => descending ? source.OrderByDescending(key).ThenByDescending(id) : source.OrderBy(key).ThenBy(id);

    /// <summary>Only what comes after this key and id in that order. Written so that an index begins right there.</summary>
    public static IQueryable<T> After<T, TKey>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, Guid>> id,
        bool descending,
        TKey lastKey,
        Guid lastId
    )
    {
        var item = key.Parameters[0];
        var idBody = new Replace(id.Parameters[0], item).Visit(id.Body);
        var (upTo, beyond) = descending
            ? (ExpressionType.LessThanOrEqual, ExpressionType.LessThan)
            : (ExpressionType.GreaterThanOrEqual, ExpressionType.GreaterThan);
        // key <= last AND (key < last OR id < lastId), or the same with >.
        var after = Expression.AndAlso(
            Compare(upTo, key.Body, lastKey),
            Expression.OrElse(Compare(beyond, key.Body, lastKey), Compare(beyond, idBody, lastId))
        );
        return source.Where(Expression.Lambda<Func<T, bool>>(after, item));
    }

    private static BinaryExpression Compare<TKey>(ExpressionType comparison, Expression key, TKey last)
    {
        // Read from an object, the value becomes a parameter of the query; as a constant it would be part of its text.
        var value = Expression.Property(Expression.Constant(new Box<TKey>(last)), nameof(Box<>.Value));
        if (typeof(TKey).IsEnum)
        {
            // As the compiler compares them.
            var number = Enum.GetUnderlyingType(typeof(TKey));
            return Expression.MakeBinary(
                comparison,
                Expression.Convert(key, number),
                Expression.Convert(value, number)
            );
        }

        // EF Core turns a comparison of CompareTo's result with zero into one of the columns.
        var compareTo = typeof(TKey).GetMethod(nameof(IComparable.CompareTo), [typeof(TKey)])!;
        return Expression.MakeBinary(comparison, Expression.Call(key, compareTo, value), Expression.Constant(0));
    }

    private sealed record Box<TKey>(TKey Value);

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
