using System.Reflection;
using Hub.Storage;
using Hub.Storage.Inbox;

namespace Hub.Api.Tests.Errors;

/// <summary>What nobody has decided yet must not look like a good outcome.</summary>
public sealed class DefaultValueTests
{
    private static readonly string[] GoodOutcomes =
    [
        "Accepted",
        "Answered",
        "Completed",
        "Done",
        "Found",
        "Healthy",
        "Kept",
        "Ok",
        "Passed",
        "Readable",
        "Released",
        "Sent",
        "Succeeded",
        "Success",
        "True",
        "Valid",
    ];

    [Fact]
    public void Enum_DefaultValue_IsNoGoodOutcome()
    {
        var enums = typeof(Program)
            .Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Hub.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(typeof(Program).Assembly)
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsEnum)
            .ToList();
        Assert.Contains(typeof(InboxVerdict), enums);
        Assert.DoesNotContain(enums, type => GoodOutcomes.Contains(Enum.GetName(type, Activator.CreateInstance(type)!)));
    }

    [Fact]
    public void Value_Default_IsNoGoodOutcome()
    {
        Assert.Equal(InboxVerdict.Unavailable, default(InboxReceipt).Verdict);
        Assert.False(default(Durability).IsKept);
    }
}
