using System.Linq.Expressions;

namespace Fitnessify.Infrastructure.Persistence.Paging;

/// <summary>
/// Keyset paging: goes on where the last page ended, whatever was inserted or deleted meanwhile, at a cost that does not
/// depend on how far that is.
/// </summary>
internal static class KeysetPredicates
{
    /// <summary>Orders by a key, and by the tie among equals.</summary>
    public static IQueryable<T> OrderByKey<T, TKey, TTie>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie,
        bool descending
    ) => descending ? source.OrderByDescending(key).ThenByDescending(tie) : source.OrderBy(key).ThenBy(tie);

    /// <summary>Only what comes after this key and tie in that order. Written so that an index begins right there.</summary>
    public static IQueryable<T> After<T, TKey, TTie>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie,
        bool descending,
        TKey lastKey,
        TTie lastTie
    ) => source.Within(key, tie, isBelow: descending, isInclusive: false, lastKey, lastTie);

    /// <summary>Only what comes up to this key and tie in that order.</summary>
    public static IQueryable<T> UpTo<T, TKey, TTie>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie,
        bool descending,
        TKey lastKey,
        TTie lastTie
    ) => source.Within(key, tie, isBelow: !descending, isInclusive: true, lastKey, lastTie);

    /// <summary>Both in one, as the object that is made of them.</summary>
    public static Expression<Func<T, PageEnd<TKey, TTie>>> EndOf<T, TKey, TTie>(
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie
    ) =>
        Expression.Lambda<Func<T, PageEnd<TKey, TTie>>>(
            Expression.New(
                typeof(PageEnd<TKey, TTie>).GetConstructor([typeof(TKey), typeof(TTie)])!,
                key.Body,
                In(key, tie)
            ),
            key.Parameters
        );

    private static IQueryable<T> Within<T, TKey, TTie>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie,
        bool isBelow,
        bool isInclusive,
        TKey endKey,
        TTie endTie
    )
    {
        var (upTo, beyond) = isBelow
            ? (ExpressionType.LessThanOrEqual, ExpressionType.LessThan)
            : (ExpressionType.GreaterThanOrEqual, ExpressionType.GreaterThan);
        // key <= end AND (key < end OR tie < endTie), or the same with >; with the end itself, tie <= endTie.
        var within = Expression.AndAlso(
            Compare(upTo, key.Body, endKey),
            Expression.OrElse(
                Compare(beyond, key.Body, endKey),
                Compare(isInclusive ? upTo : beyond, In(key, tie), endTie)
            )
        );
        return source.Where(Expression.Lambda<Func<T, bool>>(within, key.Parameters));
    }

    private static Expression In<T, TKey, TTie>(Expression<Func<T, TKey>> key, Expression<Func<T, TTie>> tie) =>
        new Replace(tie.Parameters[0], key.Parameters[0]).Visit(tie.Body);

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
