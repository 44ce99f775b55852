// EF Core calls this service experimental, because it may still change. It is the only place that sees the whole code of a query.
#pragma warning disable EF9100

using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Persistence;

internal static class CompiledReaders
{
    /// <summary>
    /// Compiles the code that reads a row once for each query. EF Core leaves it as a lambda in the code of the query, for which the
    /// runtime makes a new delegate in each execution, and that takes longer than SQLite needs to find a row.
    /// </summary>
    public static DbContextOptionsBuilder CompileReadersOnce(this DbContextOptionsBuilder builder) =>
        builder.ReplaceService<ILiftableConstantProcessor, Processor>();

    private sealed class Processor(
        ShapedQueryCompilingExpressionVisitorDependencies dependencies,
        RelationalShapedQueryCompilingExpressionVisitorDependencies relationalDependencies,
        RelationalCommandBuilderDependencies commandDependencies
    ) : RelationalLiftableConstantProcessor(dependencies, relationalDependencies, commandDependencies)
    {
        public override Expression InlineConstants(Expression expression, bool supportsPrecompiledQuery)
        {
            var query = (LambdaExpression)base.InlineConstants(expression, supportsPrecompiledQuery);
            return Expression.Lambda(query.Type, new Compiler().Visit(query.Body), query.Parameters);
        }
    }

    private sealed class Compiler : ExpressionVisitor
    {
        protected override Expression VisitLambda<T>(Expression<T> node) =>
            new Scope().IsClosed(node) ? Expression.Constant(node.Compile(), node.Type) : base.VisitLambda(node);
    }

    /// <summary>Tells whether a lambda uses nothing that is declared outside of it.</summary>
    private sealed class Scope : ExpressionVisitor
    {
        private readonly HashSet<ParameterExpression> _declared = [];
        private bool _isClosed = true;

        public bool IsClosed(LambdaExpression lambda)
        {
            Visit(lambda);
            return _isClosed;
        }

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            _declared.UnionWith(node.Parameters);
            return base.VisitLambda(node);
        }

        protected override Expression VisitBlock(BlockExpression node)
        {
            _declared.UnionWith(node.Variables);
            return base.VisitBlock(node);
        }

        protected override CatchBlock VisitCatchBlock(CatchBlock node)
        {
            if (node.Variable is { } variable)
            {
                _declared.Add(variable);
            }

            return base.VisitCatchBlock(node);
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _isClosed &= _declared.Contains(node);
            return node;
        }
    }
}
