using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.WebApi.Http;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Json;
using Fitnessify.WebApi.Http.RateLimits;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>The own tasks.</summary>
[Route("api/v1/tasks")]
public sealed class TasksController(IMediator sender) : ApiController(sender)
{
    private const int MaxBatchBytes = 1024 * 1024;

    // A checklist may be long.
    private const int MaxTaskBytes = 256 * 1024;

    /// <summary>Creates a task under an id of the server's.</summary>
    [HttpPost]
    [RequestSizeLimit(MaxTaskBytes)]
    [ProducesResponseType<TaskDto>(StatusCodes.Status201Created)]
    [Fails("limit_reached", "recurrence_unsupported")]
    public async Task<ActionResult<TaskDto>> Create([FromBody] TaskInput body, CancellationToken cancellationToken) =>
        Respond(
            await Sender.Send(new CreateTaskCommand(body), cancellationToken),
            task => Created(LocationOf(task), WithETag(task))
        );

    /// <summary>Creates a task under an id of the client's, or replaces it; from the trash it comes back.</summary>
    /// <remarks>
    /// So a retry does no harm. With <c>If-None-Match: *</c> it only creates: 200 when the task is there and says what the body
    /// says, as after an answer that got lost, else 412. Use that for new tasks: a create that is sent again hours later would
    /// else undo what has happened since.
    /// </remarks>
    /// <param name="id">UUID, chosen by the client.</param>
    /// <param name="body">The task.</param>
    /// <param name="ifMatch">The ETag that the task must have.</param>
    /// <param name="ifNoneMatch">*, to create only; or ETags that the task must not have.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPut("{id:guid}")]
    [RequestSizeLimit(MaxTaskBytes)]
    [ProducesResponseType<TaskDto>(StatusCodes.Status200OK)]
    [ProducesResponseType<TaskDto>(StatusCodes.Status201Created)]
    [Fails("not_found", "state_conflict", "limit_reached", "precondition_failed", "recurrence_unsupported")]
    public async Task<ActionResult<TaskDto>> Replace(
        Guid id,
        [FromBody] TaskInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(
                new ReplaceTaskCommand(id, body, ETags.Expected(ifMatch, ifNoneMatch)),
                cancellationToken
            ),
            replaced =>
                replaced.IsNew
                    ? Created(LocationOf(replaced.Item), WithETag(replaced.Item))
                    : Ok(WithETag(replaced.Item))
        );

    /// <summary>The tasks that are not in the trash, filtered and in an order.</summary>
    /// <param name="status">Any of these: todo, inProgress, done, cancelled.</param>
    /// <param name="priority">Any of these: low, normal, high, urgent.</param>
    /// <param name="label">All of these.</param>
    /// <param name="list">
    /// The id of a list, or inbox for the tasks that are in none. Without it, the tasks of archived lists are left out.
    /// </param>
    /// <param name="series">Only the tasks of this series.</param>
    /// <param name="dueBefore">A time with an offset.</param>
    /// <param name="dueAfter">A time with an offset.</param>
    /// <param name="overdue">Only those that are overdue, or only those that are not.</param>
    /// <param name="q">
    /// At most 10 words that are all part of the title or the description, in any case, with or without accents. One request
    /// looks at 5000 tasks: a page may hold fewer than asked for, or none, and a nextCursor.
    /// </param>
    /// <param name="sort">createdAt, updatedAt, dueAt, priority, title or position, with - before it for the reverse; default -createdAt.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <param name="limit">Items a page.</param>
    [HttpGet]
    [ProducesResponseType<PageDto<TaskDto>>(StatusCodes.Status200OK)]
    [Fails("invalid_cursor")]
    public async Task<ActionResult<PageDto<TaskDto>>> List(
        [FromQuery] string[] status,
        [FromQuery] string[] priority,
        [FromQuery] string[] label,
        string? list,
        Guid? series,
        string? dueBefore,
        string? dueAfter,
        bool? overdue,
        string? q,
        string? sort,
        string? cursor,
        CancellationToken cancellationToken,
        int limit = PageRequest.DefaultLimit
    ) =>
        Respond(
            await Sender.Send(
                new ListTasksQuery(
                    status,
                    priority,
                    label,
                    dueBefore,
                    dueAfter,
                    overdue,
                    q,
                    sort,
                    limit,
                    cursor,
                    list,
                    series
                ),
                cancellationToken
            ),
            Ok
        );

    /// <summary>One task.</summary>
    /// <param name="id">The task.</param>
    /// <param name="ifNoneMatch">The ETag of the copy at hand: 304 when it is still the same.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<TaskDto>(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [Fails("not_found")]
    public async Task<ActionResult<TaskDto>> Get(
        Guid id,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(new GetTaskQuery(id), cancellationToken),
            task => ETags.Matches(ifNoneMatch, ETags.Of(WithETag(task))) ? NotModified : Ok(task)
        );

    /// <summary>Changes a task where the patch says something.</summary>
    /// <remarks>A merge patch (RFC 7396): null clears, what is absent stays.</remarks>
    /// <param name="id">The task.</param>
    /// <param name="body">The patch.</param>
    /// <param name="ifMatch">The ETag that the task must have.</param>
    /// <param name="ifNoneMatch">ETags that the task must not have.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPatch("{id:guid}")]
    [RequestSizeLimit(MaxTaskBytes)]
    [Consumes("application/json", JsonBody.MergePatch)]
    [ProducesResponseType<TaskDto>(StatusCodes.Status200OK)]
    [Fails("not_found", "state_conflict", "limit_reached", "precondition_failed", "recurrence_unsupported")]
    public async Task<ActionResult<TaskDto>> Patch(
        Guid id,
        [FromBody] TaskPatch body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(new PatchTaskCommand(id, body, ETags.Expected(ifMatch, ifNoneMatch)), cancellationToken),
            task => Ok(WithETag(task))
        );

    /// <summary>Puts a task into the trash.</summary>
    /// <param name="id">The task.</param>
    /// <param name="ifMatch">The ETag that the task must have.</param>
    /// <param name="ifNoneMatch">ETags that the task must not have.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found", "precondition_failed")]
    public async Task<ActionResult> Delete(
        Guid id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(new DeleteTaskCommand(id, ETags.Expected(ifMatch, ifNoneMatch)), cancellationToken));

    /// <summary>What is in the trash, latest first.</summary>
    /// <param name="cursor">From the page before.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <param name="limit">Items a page.</param>
    [HttpGet("trash")]
    [ProducesResponseType<PageDto<TaskDto>>(StatusCodes.Status200OK)]
    [Fails("invalid_cursor")]
    public async Task<ActionResult<PageDto<TaskDto>>> ListTrash(
        string? cursor,
        CancellationToken cancellationToken,
        int limit = PageRequest.DefaultLimit
    ) => Respond(await Sender.Send(new ListTrashQuery(limit, cursor), cancellationToken), Ok);

    /// <summary>Takes a task out of the trash, if it is there.</summary>
    /// <param name="id">The task.</param>
    /// <param name="ifMatch">The ETag that the task must have.</param>
    /// <param name="ifNoneMatch">ETags that the task must not have.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPost("{id:guid}/restore")]
    [ProducesResponseType<TaskDto>(StatusCodes.Status200OK)]
    [Fails("not_found", "precondition_failed")]
    public async Task<ActionResult<TaskDto>> Restore(
        Guid id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(new RestoreTaskCommand(id, ETags.Expected(ifMatch, ifNoneMatch)), cancellationToken),
            task => Ok(WithETag(task))
        );

    /// <summary>How many tasks there are of each kind.</summary>
    /// <param name="timeZone">IANA name, for what counts as today; default the user's.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpGet("summary")]
    [ProducesResponseType<TaskSummaryDto>(StatusCodes.Status200OK)]
    public async Task<ActionResult<TaskSummaryDto>> GetSummary(string? timeZone, CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new GetTaskSummaryQuery(timeZone), cancellationToken), Ok);

    /// <summary>The history of a task that repeats.</summary>
    /// <remarks>
    /// A date is open, done (also late), skipped (canceled) or missed: it has passed without a task, or its task is open past its day.
    /// Streaks are those of the whole series, the counts those of the dates in the answer. At most 366 days; the last ones by default.
    /// </remarks>
    /// <param name="seriesId">The seriesId of its tasks, which is the id of the first one.</param>
    /// <param name="from">yyyy-MM-dd, the first date.</param>
    /// <param name="to">yyyy-MM-dd, the last date.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpGet("series/{seriesId:guid}")]
    [ProducesResponseType<TaskSeriesDto>(StatusCodes.Status200OK)]
    [Fails("not_found")]
    public async Task<ActionResult<TaskSeriesDto>> GetSeries(
        Guid seriesId,
        string? from,
        string? to,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(new GetTaskSeriesQuery(seriesId, from, to), cancellationToken), Ok);

    /// <summary>Several changes in one request, in order.</summary>
    /// <remarks>
    /// Atomic: all or nothing. Otherwise each on its own, and the results say what became of it. Each operation counts in the rate
    /// limit like a request of its own.
    /// </remarks>
    [HttpPost("batch")]
    [CountsOperations]
    [RequestSizeLimit(MaxBatchBytes)]
    [ProducesResponseType<BatchResultsBody>(StatusCodes.Status200OK)]
    [Fails("batch_failed")]
    public async Task<ActionResult<BatchResultsBody>> Batch(
        [FromBody] BatchTasksCommand command,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(command, cancellationToken),
            outcome =>
                outcome.IsApplied
                    ? Ok(BatchResultsBody.From(Request, outcome))
                    : new ProblemResult(BatchResultsBody.Failed(Request, outcome))
        );

    private static string LocationOf(TaskDto task) => $"/api/v1/tasks/{task.Id}";

    private TaskDto WithETag(TaskDto task) => WithETag(task, ETags.Of(task));
}
