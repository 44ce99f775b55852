using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.WebApi.Http;
using Fitnessify.WebApi.Http.Errors;
using Fitnessify.WebApi.Http.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Fitnessify.WebApi.Controllers;

/// <summary>The own lists, in which tasks are kept.</summary>
[Route("api/v1/lists")]
public sealed class ListsController(IMediator sender) : ApiController(sender)
{
    /// <summary>Creates a list under an id of the server's.</summary>
    /// <remarks>There may be 200 lists, and 2,000 with those that were deleted and are still remembered.</remarks>
    [HttpPost]
    [ProducesResponseType<ListDto>(StatusCodes.Status201Created)]
    [Fails("limit_reached")]
    public async Task<ActionResult<ListDto>> Create([FromBody] ListInput body, CancellationToken cancellationToken) =>
        Respond(
            await Sender.Send(new CreateListCommand(body), cancellationToken),
            list => Created(LocationOf(list), WithETag(list))
        );

    /// <summary>Creates a list under an id of the client's, or replaces it; a deleted one comes back, without the tasks that it had.</summary>
    /// <remarks>
    /// A retry does no harm. With <c>If-None-Match: *</c> it only creates: 200 when the list is there and says what the body says,
    /// as after an answer that got lost, else 412; or 404 when it has been deleted.
    /// </remarks>
    /// <param name="id">UUID, chosen by the client.</param>
    /// <param name="body">The list.</param>
    /// <param name="ifMatch">The ETag that the list must have.</param>
    /// <param name="ifNoneMatch">*, to create only; or ETags that the list must not have.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPut("{id:guid}")]
    [ProducesResponseType<ListDto>(StatusCodes.Status200OK)]
    [ProducesResponseType<ListDto>(StatusCodes.Status201Created)]
    [Fails("not_found", "limit_reached", "precondition_failed")]
    public async Task<ActionResult<ListDto>> Replace(
        Guid id,
        [FromBody] ListInput body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(
                new ReplaceListCommand(id, body, ETags.Expected(ifMatch, ifNoneMatch)),
                cancellationToken
            ),
            replaced =>
                replaced.IsNew
                    ? Created(LocationOf(replaced.Item), WithETag(replaced.Item))
                    : Ok(WithETag(replaced.Item))
        );

    /// <summary>All lists by their positions, archived ones too.</summary>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpGet]
    [ProducesResponseType<PageDto<ListDto>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<PageDto<ListDto>>> List(CancellationToken cancellationToken) =>
        Respond(await Sender.Send(new ListListsQuery(), cancellationToken), Ok);

    /// <summary>One list.</summary>
    /// <param name="id">The list.</param>
    /// <param name="ifNoneMatch">The ETag of the copy at hand: 304 when it is still the same.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<ListDto>(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [Fails("not_found")]
    public async Task<ActionResult<ListDto>> Get(
        Guid id,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(new GetListQuery(id), cancellationToken),
            list => ETags.Matches(ifNoneMatch, ETags.Of(WithETag(list))) ? NotModified : Ok(list)
        );

    /// <summary>Changes a list where the patch says something.</summary>
    /// <remarks>A merge patch (RFC 7396): null clears, what is absent stays. <c>archivedAt</c> archives.</remarks>
    /// <param name="id">The list.</param>
    /// <param name="body">The patch.</param>
    /// <param name="ifMatch">The ETag that the list must have.</param>
    /// <param name="ifNoneMatch">ETags that the list must not have.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpPatch("{id:guid}")]
    [Consumes("application/json", JsonBody.MergePatch)]
    [ProducesResponseType<ListDto>(StatusCodes.Status200OK)]
    [Fails("not_found", "precondition_failed")]
    public async Task<ActionResult<ListDto>> Patch(
        Guid id,
        [FromBody] ListPatch body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) =>
        Respond(
            await Sender.Send(new PatchListCommand(id, body, ETags.Expected(ifMatch, ifNoneMatch)), cancellationToken),
            list => Ok(WithETag(list))
        );

    /// <summary>Deletes a list at once. Its tasks follow into the trash within seconds.</summary>
    /// <remarks>A task that is restored from there is in the inbox.</remarks>
    /// <param name="id">The list.</param>
    /// <param name="ifMatch">The ETag that the list must have.</param>
    /// <param name="ifNoneMatch">ETags that the list must not have.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails("not_found", "precondition_failed")]
    public async Task<ActionResult> Delete(
        Guid id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
        CancellationToken cancellationToken
    ) => Respond(await Sender.Send(new DeleteListCommand(id, ETags.Expected(ifMatch, ifNoneMatch)), cancellationToken));

    private static string LocationOf(ListDto list) => $"/api/v1/lists/{list.Id}";

    private ListDto WithETag(ListDto list) => WithETag(list, ETags.Of(list));
}
