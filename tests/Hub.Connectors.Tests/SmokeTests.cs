namespace Hub.Connectors.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Project_Builds_Runs() => Assert.NotNull(typeof(SmokeTests).Assembly);
}
