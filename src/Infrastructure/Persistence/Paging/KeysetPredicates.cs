using System.Linq.Expressions;

namespace Fitnessify.Infrastructure.Persistence.Paging;

/// <summary>
/// Builds the predicates of keyset pagination: a page continues where the last one ended, whatever was inserted or deleted
/// meanwhile, and its cost does not depend on its distance from the beginning.
/// </summary>
internal static class KeysetPredicates
{
    public static IQueryable<T> OrderByKey<T, TKey, TTie>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie,
        bool descending
    ) => descending ? source.OrderByDescending(key).ThenByDescending(tie) : source.OrderBy(key).ThenBy(tie);

    /// <summary>Keeps the items after this key and tiebreaker, in a form that lets the database seek in an index.</summary>
    public static IQueryable<T> After<T, TKey, TTie>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie,
        bool descending,
        TKey lastKey,
        TTie lastTie
    ) => source.Within(key, tie, isBelow: descending, isInclusive: false, lastKey, lastTie);

    /// <summary>Keeps the items up to this key and tiebreaker.</summary>
    public static IQueryable<T> UpTo<T, TKey, TTie>(
        this IQueryable<T> source,
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie,
        bool descending,
        TKey lastKey,
        TTie lastTie
    ) => source.Within(key, tie, isBelow: !descending, isInclusive: true, lastKey, lastTie);

    /// <summary>Combines both selectors into one that creates a <see cref="PageEnd{TKey, TTie}"/>.</summary>
    public static Expression<Func<T, PageEnd<TKey, TTie>>> EndOf<T, TKey, TTie>(
        Expression<Func<T, TKey>> key,
        Expression<Func<T, TTie>> tie
    ) =>
        Expression.Lambda<Func<T, PageEnd<TKey, TTie>>>(
            Expression.New(
                typeof(PageEnd<TKey, TTie>).GetConstructor([typeof(TKey), typeof(TTie)])!,
                key.Body,
                TieOf(key, tie)
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
        // The predicate is key <= end AND (key < end OR tie < endTie), or the same with >; if the end is included, tie <=
        // endTie.
        var within = Expression.AndAlso(
            Compare(upTo, key.Body, endKey),
            Expression.OrElse(
                Compare(beyond, key.Body, endKey),
                Compare(isInclusive ? upTo : beyond, TieOf(key, tie), endTie)
            )
        );
        return source.Where(Expression.Lambda<Func<T, bool>>(within, key.Parameters));
    }

    private static Expression TieOf<T, TKey, TTie>(Expression<Func<T, TKey>> key, Expression<Func<T, TTie>> tie) =>
        new Replace(tie.Parameters[0], key.Parameters[0]).Visit(tie.Body);

    private static BinaryExpression Compare<TKey>(ExpressionType comparison, Expression key, TKey last)
    {
        // A value that is read from an object becomes a parameter of the query; a constant would become part of its text.
        var value = Expression.Property(Expression.Constant(new Box<TKey>(last)), nameof(Box<>.Value));
        if (typeof(TKey).IsEnum)
        {
            // The C# compiler, too, compares enumerations by their underlying type.
            var number = Enum.GetUnderlyingType(typeof(TKey));
            return Expression.MakeBinary(
                comparison,
                Expression.Convert(key, number),
                Expression.Convert(value, number)
            );
        }

        // EF Core translates a comparison of CompareTo's result with zero into a comparison of the columns.
        var compareTo = typeof(TKey).GetMethod(nameof(IComparable.CompareTo), [typeof(TKey)])!;
        return Expression.MakeBinary(comparison, Expression.Call(key, compareTo, value), Expression.Constant(0));
    }

    private sealed record Box<TKey>(TKey Value);

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
