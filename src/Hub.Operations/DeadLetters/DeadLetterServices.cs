using Microsoft.Extensions.DependencyInjection;

namespace Hub.Operations.DeadLetters;

internal static class DeadLetterServices
{
    public static IServiceCollection AddDeadLetters(this IServiceCollection services) =>
        services.AddSingleton<DeadLetterOperations>().AddSingleton<DeadLetterReplayer>().AddSingleton<ManyReplays>().AddSingleton<BulkReplayer>();
}
