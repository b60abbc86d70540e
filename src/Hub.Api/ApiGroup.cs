using Hub.Api.Bodies;

namespace Hub.Api;

internal static class ApiGroup
{
    /// <summary>A noun's addresses below /api/v1, behind the admin key.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string noun, string tag) =>
        app.MapGroup($"/api/v1/{noun}").WithTags(tag).RequireAuthorization().ReadsItsJson().KnowsItsQuery().ProducesProblem(400).ProducesProblem(401);
}
