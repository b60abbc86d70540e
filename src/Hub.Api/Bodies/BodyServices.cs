namespace Hub.Api.Bodies;

internal static class BodyServices
{
    public static IServiceCollection AddBodies(this IServiceCollection services) => services.AddSingleton<SlowBodies>().AddSingleton<BodyReader>();
}
